"""The whole way of many requests, driven from outside: simulated people use the public HTTP and live stream only.

It knows the product as a browser knows it. What it was told with a 2xx it writes down, and at the end it looks
whether each of these is there exactly once. Nothing in here touches the database.
"""
