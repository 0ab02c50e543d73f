"""What the whole suite shares, a thing in each module, from the databases up to the browser."""

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.memory",
    "tests.fixtures.databases",
    "tests.fixtures.statements",
    "tests.fixtures.passwords",
    "tests.fixtures.installation",
    "tests.fixtures.application",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]

# A busy machine is no fault of the example that met it.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
