"""Addresses that must not be opened, and such that must, each with the verdict: a small twin of the hostile collection."""

from typing import Any

PUBLIC = "93.184.216.34"


def vector(url: str, verdict: str, **dns: list[list[str]]) -> dict[str, Any]:
    """As the collection has them; the two public names are known everywhere. `__` in a name stands for a dot."""
    names = {"www.example.org": [[PUBLIC]], "public.test": [[PUBLIC]]}
    return {"url": url, "verdict": verdict, "dns": names | {name.replace("__", "."): dns[name] for name in dns}}


_FORBIDDEN_HOSTS = """
127.0.0.1 127.1 127.8.9.10 2130706433 0x7f000001 017700000001 0x7f.0.0.0x1 0 0.0.0.0 localhost LOCALHOST. a.localhost
10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 169.254.0.7 100.64.0.1 100.127.255.255 100.100.100.200
168.63.129.16 192.0.0.192 192.0.2.7 192.88.99.1 198.18.0.9 198.51.100.1 203.0.113.5 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 [::] [::1] [::127.0.0.1] [::ffff:127.0.0.1] [::ffff:10.0.0.1] [::ffff:0:127.0.0.1] [64:ff9b::7f00:1]
[64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [100::1] [2001::1] [2001:db8::5] [2002:7f00:1::] [3fff::1] [fc00::1] [fd00:ec2::254]
[fe80::1] [fec0::1] [ff02::1] [5f00::1] ①②⑦.⓪.⓪.①
"""
FORBIDDEN_HOSTS = _FORBIDDEN_HOSTS.split()
FORBIDDEN_NAMES = {
    "in.public.test": ["10.0.0.1"],
    "mixed.public.test": [PUBLIC, "10.0.0.1"],
    "six.public.test": [PUBLIC, "::1"],
    "mapped.public.test": ["::ffff:192.168.1.1"],
    "nat64.public.test": ["64:ff9b::10.0.0.1"],
    "zone.public.test": ["fe80::1%eth0"],
    "words.public.test": ["not an address"],
}
ODD = [
    "ftp://www.example.org/",
    "file:///etc/passwd",
    "data:text/html,x",
    "javascript:alert(1)",
    "//www.example.org/",
    "www.example.org",
    "",
    "http://",
    "http:///www.example.org/",
    "http:/www.example.org/",
    "http:\\\\www.example.org/",
    " http://www.example.org/",
    "http://www.example.org/\r\nX-Header: 1",
    "http://user@www.example.org/",
    "http://user:word@www.example.org/",
    "http://127.0.0.1\\@www.example.org/",
    "http://www.example.org\\@127.0.0.1/",
    "http://127.0.0.1#@www.example.org/",
    "http://www.example.org:22/",
    "http://www.example.org:0/",
    "http://www.example.org:65616/",
    "http://www.example.org:80:80/",
    "http://www.example.org:8o/",
    "http://www.exa mple.org/",
    "http://www..org/",
    "http://[::1/",
    "http://[::1%25lo]/",
    "http://[127.0.0.1]/",
    "http://300.300.300.300/",
    "http://1.2.3.4.5/",
    "https://<your-host>/",
    "https://{cluster}.example.org/",
    "http://www.example.org/" + "a" * 9_000,
]
ALLOWED = [
    "http://www.example.org/",
    "http://www.example.org",
    "HTTP://WWW.EXAMPLE.ORG:80/?q=@127.0.0.1",
    "http://www.example.org:8080/#127.0.0.1",
    "http://www.example.org./",
    "http://93.184.216.34/",
    "http://1572395042/",
    "http://[2606:2800:220:1:248:1893:25c8:1946]/",
    "http://[::ffff:93.184.216.34]/",
    "http://100.63.255.255/",
    "http://100.128.0.0/",
    "http://192.0.1.1/",
    "http://172.32.0.1/",
    "http://public.test/redirect/4",
    "http://public.test/redirect-to?url=http://www.example.org/there",
    "http://public.test/redirect-to?url=//www.example.org/there&code=308",
]
LEADING_INSIDE = [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "//169.254.169.254/",
    "http:\\\\127.0.0.1\\",
    "/\\127.0.0.1/",
    "http://user:word@127.0.0.1/",
    "http://in.public.test/",
    "http://www.example.org:22/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
]

VECTORS = [
    *[vector(f"http://{host}/", "block") for host in FORBIDDEN_HOSTS],
    *[vector(f"https://{host}/secret", "block") for host in FORBIDDEN_HOSTS[:8]],
    *[vector(f"http://{name}/", "block", **{name: [answer]}) for name, answer in FORBIDDEN_NAMES.items()],
    *[vector(url, "block") for url in ODD],
    *[vector(url, "allow") for url in ALLOWED],
    *[
        vector(f"http://public.test/redirect-to?url={url}", "no-leak", in__public__test=[["10.0.0.1"]])
        for url in LEADING_INSIDE
    ],
    vector("http://turns.public.test/", "no-leak", turns__public__test=[[PUBLIC], ["127.0.0.1"]]),
    vector(
        "http://public.test/redirect-to?url=http://turns.public.test/redirect/9",
        "no-leak",
        turns__public__test=[[PUBLIC], ["127.0.0.1"]],
    ),
    vector("http://nothing.public.test/", "broken", nothing__public__test=[[]]),
    vector("http://late.public.test/", "broken", late__public__test=[["!timeout"]]),
    vector("http://never.public.test/", "broken"),
]
