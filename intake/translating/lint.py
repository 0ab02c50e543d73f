"""Everything that is wrong with the words of a content folder, language by language: one line each, with its place."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from intake import agreement
from intake.errors import DefinitionError
from intake.questionnaires.loader import STRUCTURE, kind
from intake.questionnaires.words import SOURCE_LANGUAGE
from intake.translating import glossary, keys, origins, reading
from intake.translating.definitions import FOLDER
from intake.translating.texts import Content, Text, digests


def findings(content: Content, code: Path, templates: Path) -> Iterator[str]:
    """Every finding there is."""
    try:
        yield from _use(content, keys.find(code, templates, content.questionnaires))
        words = glossary.read_glossary(content.translations)
        for tag in content.languages():
            yield from language_findings(content, tag, words)
    except DefinitionError as error:
        yield str(error)


def language_findings(content: Content, tag: str, words: glossary.Glossary) -> Iterator[str]:
    """Every finding about one language."""
    texts, source = content.texts(tag), content.source(tag)
    yield from _avoided(tag, texts, words)
    yield from _lacking(tag, words)
    yield from _reading(content, tag, texts, source)
    if tag != SOURCE_LANGUAGE:
        yield from _coverage(content, tag, texts, source)
        yield from _agreement(content, tag, texts, source)
        yield from _stale(content, tag, texts, source)


def _use(content: Content, use: keys.Use) -> Iterator[str]:
    """Keys that code names and nobody has worded, and words that nothing uses."""
    known = {
        key: domain
        for domain in content.domains(SOURCE_LANGUAGE)
        for key in content.catalog(SOURCE_LANGUAGE, domain).entries
    }
    for key, wanted in use.wanted.items():
        if key not in known:
            yield f"{wanted.place}: {key}: has no words; `intake translations messages` makes a place for them"
    for key, domain in known.items():
        if not use.uses(key):
            yield f"translations/{SOURCE_LANGUAGE}/LC_MESSAGES/{domain}.po: {key}: nothing uses it"


def _coverage(content: Content, tag: str, texts: Mapping[str, Text], source: Mapping[str, Text]) -> Iterator[str]:
    """Texts that are missing in files that are there: a file that is not, whoever offers the languages tells."""
    files = {text.file for text in texts.values()}
    for key, swedish in source.items():
        file = swedish.file.replace(f"/{SOURCE_LANGUAGE}", f"/{tag}")
        if file not in files:
            continue
        if key not in texts:
            yield f"{file}: {swedish.path}: is missing"
        elif texts[key].fuzzy:
            yield f"{file}: {swedish.path}: is only guessed (fuzzy)"
        elif not texts[key].is_worded:
            yield f"{file}: {swedish.path}: has no words"
    for key, text in texts.items():
        if key not in source:
            yield f"{text.place}: the Swedish has nothing here"
    yield from _order(tag, list(texts), list(source))
    yield from _counting(content, tag)


def _order(tag: str, ours: list[str], theirs: list[str]) -> Iterator[str]:
    """The first text that stands elsewhere than in the Swedish, among those both have."""
    shared = set(ours) & set(theirs)
    for here, there in zip(*([key for key in keys_ if key in shared] for keys_ in (ours, theirs)), strict=True):
        if here != there:
            yield f"translations/{tag}: {here} stands where {there} should, in the order of the Swedish"
            return


def _counting(content: Content, tag: str) -> Iterator[str]:
    """Keys that have plural forms in one language and none in the other."""
    for domain in content.domains(tag):
        swedish = content.catalog(SOURCE_LANGUAGE, domain).entries
        for key, entry in content.catalog(tag, domain).entries.items():
            if key in swedish and bool(entry.plural) != bool(swedish[key].plural):
                place = f"translations/{tag}/LC_MESSAGES/{domain}.po: {key}"
                yield f"{place}: has plural forms where the Swedish has none, or none where it has them"


def _agreement(content: Content, tag: str, texts: Mapping[str, Text], source: Mapping[str, Text]) -> Iterator[str]:
    """Placeholders and markup of every text, and digits of the catalogs: the definitions have a lint for theirs."""
    excused = content.excuses(tag)
    for key, text in texts.items():
        if key in source and text.is_worded:
            wanted = source[key].words
            yield from (f"{text.place}: {fault}" for fault in agreement.faults(wanted, text.words))
            if _is_counted_here(key):
                faults = agreement.digit_faults(wanted, text.words, excused=key in excused)
                yield from (f"{text.place}: {fault}" for fault in faults)
    for key, node in excused.items():
        if key not in texts or not _is_counted_here(key):
            yield f"{node.place}: there is no such text to excuse"


def _stale(content: Content, tag: str, texts: Mapping[str, Text], source: Mapping[str, Text]) -> Iterator[str]:
    path = f"translations/{tag}/{origins.FILE}"
    known, today = origins.read_origins(content.translations, tag), digests(source)
    worded = {key for key, text in texts.items() if text.is_worded}
    if not known and worded:
        yield f"{path}: says of no text what it was made from: `intake translations accept {tag}`"
        return
    for each in origins.stale(known, today, worded):
        yield f"{texts[each.key].place}: {each.told}"
    for key in known:
        if key not in today:
            yield f"{path}: {key}: the Swedish has nothing here"


def _avoided(tag: str, texts: Mapping[str, Text], words: glossary.Glossary) -> Iterator[str]:
    stems, needed = words.never.get(tag, ()), set[tuple[str, str]]()
    files = {text.file for text in texts.values()}
    for text in texts.values():
        for stem in glossary.avoided("\n".join(text.words), stems):
            needed.add((text.file, stem))
            if stem not in words.excused.get(text.file, {}):
                yield f"{text.place}: uses a word we never use: {stem.lstrip('=-')}"
    for file in files & words.excused.keys():
        for stem in words.excused[file]:
            if (file, stem) not in needed:
                yield f"translations/{glossary.FILE}: excused.{file}: {stem}: excuses a word that is not there"


def _lacking(tag: str, words: glossary.Glossary) -> Iterator[str]:
    for id_ in glossary.lacking(words, tag):
        yield f"translations/{glossary.FILE}: terms.{id_}: has no word in {tag}"


def _reading(content: Content, tag: str, texts: Mapping[str, Text], source: Mapping[str, Text]) -> Iterator[str]:
    """How hard our own texts for the public are to read; the wording of an instrument is its authors'."""
    if tag not in (*reading.MEASURED, reading.EASY_TO_READ):
        return
    ours = _ours(content, texts)
    if tag in reading.MEASURED:
        for text in ours.values():
            yield from (f"{text.place}: {fault}" for words in text.words for fault in reading.findings(words))
    if tag == reading.EASY_TO_READ:
        for text in ours.values():
            for sentence in reading.too_long(text.words[-1], reading.LONGEST_EASY_SENTENCE):
                yield f"{text.place}: a sentence is longer than {reading.LONGEST_EASY_SENTENCE} words: {sentence}"
        theirs = [source[key].words[-1] for key in ours if key in source]
        yield from (
            f"translations/{tag}: {fault}"
            for fault in reading.easier((text.words[-1] for text in ours.values()), theirs)
        )


def _ours(content: Content, texts: Mapping[str, Text]) -> dict[str, Text]:
    """The public's pages, our own sections and doors, and the numbers to call."""
    root = content.questionnaires
    structures = sorted(root.glob(f"*/{STRUCTURE}"))
    authors = {path.parent.name for path in structures if kind(root, path.parent) == "instrument"}
    folders = {f"{FOLDER}/{name}" for name in authors}
    return {
        key: text
        for key, text in texts.items()
        if key.partition(":")[0] not in folders and not text.file.endswith("/staff.po")
    }


def _is_counted_here(key: str) -> bool:
    return not key.startswith(f"{FOLDER}/")
