"""A small content folder in Swedish and English: a few words of pages, one folder of each kind, the numbers to call."""

from pathlib import Path

from intake.translating import origins
from intake.translating.texts import Content, digests

HEAD = (
    '# Words.\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
FILES = {
    "translations/sv/LC_MESSAGES/public.po": HEAD
    + '#. Start\nmsgid "start.heading"\nmsgstr "Börja här, %(name)s, inom 24 timmar"\n\n'
    + 'msgid "start.text"\nmsgstr "Läs mer på https://example.org/sida."\n',
    "translations/en/LC_MESSAGES/public.po": HEAD
    + '#. Start\nmsgid "start.heading"\nmsgstr "Begin here, %(name)s, within 24 hours"\n\n'
    + 'msgid "start.text"\nmsgstr "Read more at https://example.org/sida."\n',
    "translations/sv/LC_MESSAGES/staff.po": HEAD
    + 'msgid "wait.days"\nmsgid_plural "wait.days"\nmsgstr[0] "%(n)s dag"\nmsgstr[1] "%(n)s dagar"\n',
    "translations/en/LC_MESSAGES/staff.po": HEAD
    + 'msgid "wait.days"\nmsgid_plural "wait.days"\nmsgstr[0] "%(n)s day"\nmsgstr[1] "%(n)s days"\n',
    "translations/glossary.yaml": "terms:\n  code: {sv: kod, en: code, note: why}\n"
    'never:\n  sv: ["-fyllo"]\n  en: ["=addict", "junkie"]\n',
    "questionnaires/services.yaml": "{}\n",
    "questionnaires/routes.yaml": "{}\n",
    "questionnaires/about/questionnaire.yaml": "kind: section\n",
    "questionnaires/about/sv.yaml": "language: sv\n# A remark.\ntitle: Om dig\n"
    'options: {town: {here: Här, there: "Där, eller inte"}}\n'
    "items:\n  age: {text: 'Din \"ålder\"?'}\n"
    "pages:\n  about:\n    heading: Hej, du\n    text: |\n      Först.\n\n      Sedan.\n\n# The end.\n",
    "questionnaires/about/en.yaml": "language: en\ntitle: About you\n"
    "options: {town: {here: Here, there: There}}\n"
    'items:\n  age: {text: "Your age?"}\n'
    "pages:\n  about:\n    heading: Hello\n    text: |\n      First.\n\n      Then.\n",
    "questionnaires/audit/questionnaire.yaml": "kind: instrument\n",
    "questionnaires/audit/sv.yaml": "language: sv\nstatus: official\nsource: Somebody, 1994\nwording_checked: true\n"
    "title: Ett test\nlists:\n  q1:\n    entries:\n      - Ett\n      - Två\n",
    "questionnaires/audit/en.yaml": "language: en\nstatus: validated\nsource: Somebody\nwording_checked: true\n"
    "title: A test\nlists:\n  q1:\n    entries:\n      - One\n      - Two\n",
    "questionnaires/dudit/questionnaire.yaml": "kind: instrument\ntranslations: official_only\n",
    "questionnaires/dudit/sv.yaml": "language: sv\ntitle: Droger\n",
    "questionnaires/dudit/en.yaml": "language: en\ntitle: Drugs\n",
    "questionnaires/doors/self/questionnaire.yaml": "kind: door\n",
    "questionnaires/doors/self/sv.yaml": "language: sv\ntitle: Hjälp\n",
    "questionnaires/doors/self/en.yaml": "language: en\ntitle: Help\n",
    "questionnaires/directory/sv.yaml": 'language: sv\nhours: {open: "Vardagar 8–16"}\n',
    "questionnaires/directory/en.yaml": 'language: en\nhours: {open: "Weekdays 8–16"}\n',
}
FOR_CODE = '_("start.heading")\n_("start.text")\n'
FOR_STAFF = 'ngettext("wait.days", "wait.days", n)\n'


def write(folder: Path) -> Content:
    """Write it, everything accepted."""
    for name, text in FILES.items():
        put(folder, name, text)
    content = Content(folder)
    origins.write_origins(content.translations, "en", digests(content.source("en")))
    return content


def put(folder: Path, name: str, text: str) -> None:
    """Write one file, with the folders it stands in."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file in one place."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
    put(folder, name, text.replace(old, new))
