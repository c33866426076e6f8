"""What a client may send that wishes us ill, or knows no better: bodies, values, ids, queries and headers."""

from collections.abc import Mapping
from typing import Any

NOT_A_BODY: Mapping[str, bytes] = {
    "empty": b"",
    "white space": b" \n",
    "cut off": b'{"name": "Eve"',
    "two objects": b"{}{}",
    "array": b"[]",
    "array of objects": b"[{}]",
    "null": b"null",
    "true": b"true",
    "number": b"7",
    "huge number": b"9" * 5000,
    "text": b'"text"',
    "NUL byte": b"\0",
    "NUL in a field's name": b'{"\\u0000": 1}',
    "lone surrogate in a field's name": b'{"\\ud800": 1}',
    "invalid UTF-8": b'{"name": "\xff\xfe"}',
    "overlong UTF-8": b'{"name": "\xc0\xaf"}',
    "encoded surrogate": b'{"name": "\xed\xa0\x80"}',
    "UTF-16": '{"name": "Eve"}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "not a number": b'{"hold_minutes": NaN}',
    "infinity": b'{"hold_minutes": -Infinity}',
    "comment": b'{/* hello */ "name": "Eve"}',
    "single quotes": b"{'name': 'Eve'}",
    "nested arrays": b"[" * 30_000 + b"]" * 30_000,
    "many nested arrays": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "nested arrays in a field": b'{"seat_numbers": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "many fields": b"{" + b",".join(b'"f%d": 1' % n for n in range(5_000)) + b"}",
    "many members": b'{"seat_numbers": [' + b",".join([b"1"] * 500_000) + b"]}",
    "five megabytes": b'{"name": "' + b"x" * 5_000_000 + b'"}',
    "form": b"name=Eve&email=eve%40example.com",
    "a field of Python's": b'{"__class__": {"__init__": 1}, "model_config": 1}',
}

NOT_JSON = [
    "text/plain",
    "text/html",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/octet-stream",
    "",
    "json",
    "application/json\u00e9",
    ";;;",
]

HOSTILE_VALUES: Mapping[str, Any] = {
    "NUL": "\0",
    "NUL inside": "A\0001",
    "lone surrogate": "\ud800",
    "swapped surrogates": "\udc00\ud800",
    "too large for a column": 2**31,
    "too large for any column": 2**63,
    "far too large": 10**400,
    "below zero": -1,
    "far below zero": -(2**63) - 1,
    "zero": 0,
    "fraction": 1.5,
    "whole fraction": 1.0,
    "exponent": 1e308,
    "true": True,
    "false": False,
    "null": None,
    "list": [],
    "object": {},
    "list of a list": [[["A1"]]],
    "object in an object": {"$gt": {"$ne": None}},
    "empty": "",
    "white space": " \t\u00a0",
    "very long": "x" * 20_000,
    "line ends": "A\r\nSet-Cookie: a=b",
    "text that turns around": "\u202eA1",
    "byte order mark": "\ufeffA1",
    "nothing to see": "\u200b",
    "not a character": "\uffff",
    "many marks": "e" + "\u0301" * 60,
    "grows when composed": "\ufdfa" * 64,
    "has no capitals of one length": "ŉßΐ",
    "SQL": "A1'; DROP TABLE seats; --",
    "format": "%s%n{0}{}",
    "template": "{{ 7 * 7 }}<script>",
    "digits of another script": "\u0661\u0662",
    "number as text": "10",
    "emoji": "\U0001f600",
}

HOSTILE_IDS = [
    *["0", "-1", "+1", "1.5", "1e3", "0x1", "abc", "NaN", "%00", "1%00", "%0a", "1%0d%0aX:%201", "%ff", "%ed%a0%80"],
    *["..", "%2e%2e", "1%2f..", "1;x", "%D9%A1", "%EF%BC%91", "9" * 19, "9" * 20, "9" * 5000, "-" + "9" * 20],
    *["2147483648", "9223372036854775807", "9223372036854775808", "'", "%27%20OR%201=1", "{id}"],
]

HOSTILE_QUERIES = [
    *["%", "%00", "%00=%00", "limit=%00", "limit=%ff", "limit=%ed%a0%80", "cursor=%00", "cursor=%ff", "=", "&&&", "a"],
    *["limit=1&limit=", "limit[]=1", "limit=1e3", "limit=%D9%A1", "limit=" + "9" * 5000, "cursor=" + "9" * 5000],
    *["cursor=~~~", "section=%00", "section=%ff", "status=%00", "show_id=9999999999", "show_id=%00", "_method=POST"],
    *["limit=2&_anchor=x&_external=1&_scheme=evil", "limit=2&endpoint=", "limit=2&show_id=", "&".join(["a=1"] * 2000)],
    *["limit=1;cursor=2", "limit=%2B1", "limit= 1", "cursor=-9223372036854775809", "?limit=1", "\u00e9=\u00e9"],
]

HOSTILE_HEADERS: list[dict[str, str]] = [
    *[{"Authorization": value} for value in ["Bearer", "Bearer ", "bearer a b", "Bearer \xff\xfe", "Basic =", "x"]],
    *[{"Authorization": "Bearer " + value} for value in ["." * 2000, "e30.e30.e30", "x" * 8000, "a.b.c\t"]],
    *[{"Accept": value} for value in ["text/html;q=x", ",,,;;;", "*", "text/html;q=99", "\xff", "a/" + "b" * 7000]],
    *[{"If-None-Match": value} for value in ["*", '"', "W/", "\xff", ",,,", '"a", ' * 500]],
    *[
        {"Cookie": value}
        for value in ["holdfast=x.y.z", "holdfast=", "\xff=\xff", "a=" + "b" * 7000, ";;;", "holdfast"]
    ],
    *[{"Content-Type": value} for value in ["application/json; charset=utf-99", "application/json;;", "\xff"]],
    *[{"HX-Request": "x", "HX-Request-Type": "\xff"}, {"X-Forwarded-For": "\xff"}, {"Forwarded": "for=;;"}],
    *[{"Range": "bytes=0-1,5-"}, {"Expect": "x"}, {"X-HTTP-Method-Override": "DELETE"}, {"Content-Encoding": "gzip"}],
    *[{"Origin": "null"}, {"Referer": "\xff"}, {"Accept-Language": "*;q=9"}, {"Prefer": "x" * 5000}],
]
