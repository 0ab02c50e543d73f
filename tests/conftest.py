"""What the whole suite shares. Each module is one thing: databases, the application, a server, a browser."""

pytest_plugins = [
    "tests.fixtures.databases",
    "tests.fixtures.application",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]
