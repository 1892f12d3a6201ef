pytest_plugins = ["shouwen.kit.testing"]
