"""What the whole suite shares, a thing in each module, from the databases up to the browser."""

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.installation",
    "tests.fixtures.application",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]
