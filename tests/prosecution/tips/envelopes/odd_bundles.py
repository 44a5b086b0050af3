"""Bundles that no writer writes, for all readers to refuse."""

from __future__ import annotations

from palermo.prosecution.tips.envelopes.bundle import LARGEST, File, Told, packed, padded_size

TOLD = Told({"what": "Rien vu, “sauf” ça\n", "where": "5 Elm St"}, (File("a.png", "image/png", b"\x89PNG\0"),))
HEADERS = {
    "no JSON": b"what",
    "nothing": b"",
    "a list": b"[]",
    "a text": b'"v"',
    "null": b"null",
    "no version": b'{"texts":{},"files":[]}',
    "another version": b'{"v":2,"texts":{},"files":[]}',
    "a version that is true": b'{"v":true,"texts":{},"files":[]}',
    "a version that is a text": b'{"v":"1","texts":{},"files":[]}',
    "a version with a fraction": b'{"v":1.0,"texts":{},"files":[]}',
    "a version as a power": b'{"v":1e0,"texts":{},"files":[]}',
    "something more": b'{"v":1,"texts":{},"files":[],"more":1}',
    "another order": b'{"texts":{},"files":[],"v":1}',
    "the version twice": b'{"v":2,"v":1,"texts":{},"files":[]}',
    "a space": b'{"v": 1,"texts":{},"files":[]}',
    "a line more": b'{"v":1,"texts":{},"files":[]}\n',
    "a mark of the order of bytes": b'\xef\xbb\xbf{"v":1,"texts":{},"files":[]}',
    "texts that are a list": b'{"v":1,"texts":[],"files":[]}',
    "texts that are null": b'{"v":1,"texts":null,"files":[]}',
    "a text that is a number": b'{"v":1,"texts":{"what":1},"files":[]}',
    "a text that is null": b'{"v":1,"texts":{"what":null},"files":[]}',
    "a text twice": b'{"v":1,"texts":{"what":"a","what":"b"},"files":[]}',
    "half a sign": b'{"v":1,"texts":{"what":"\\ud83d"},"files":[]}',
    "a sign written another way": b'{"v":1,"texts":{"what":"\\u0061"},"files":[]}',
    "bytes that are no UTF-8": b'{"v":1,"texts":{"what":"\xff"},"files":[]}',
    "half a sign as bytes": b'{"v":1,"texts":{"what":"\xed\xa0\xbd"},"files":[]}',
    "a code that is a number": b'{"v":1,"texts":{"1":"a"},"files":[]}',
    "a code without signs": b'{"v":1,"texts":{"":"a"},"files":[]}',
    "a code with capitals": b'{"v":1,"texts":{"What":"a"},"files":[]}',
    "a code that means something to scripts": b'{"v":1,"texts":{"__proto__":"a"},"files":[]}',
    "files that are an object": b'{"v":1,"texts":{},"files":{}}',
    "a file that is null": b'{"v":1,"texts":{},"files":[null]}',
    "a file without a size": b'{"v":1,"texts":{},"files":[{"name":"a","type":""}]}',
    "a file without a name": b'{"v":1,"texts":{},"files":[{"type":"","size":0}]}',
    "a name that is a number": b'{"v":1,"texts":{},"files":[{"name":1,"type":"","size":0}]}',
    "a type that is null": b'{"v":1,"texts":{},"files":[{"name":"a","type":null,"size":0}]}',
    "a size below nothing": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":-1}]}',
    "a size of nothing with a sign": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":-0}]}',
    "a size with a fraction": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":0.0}]}',
    "a size that is true": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":true}]}',
    "a size that is a text": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":"0"}]}',
    "a size beyond the end": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":5000}]}',
    "a size beyond all": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":99999999999999999999}]}',
    "sizes that go back": b'{"v":1,"texts":{},"files":[%s,%s]}'
    % (b'{"name":"a","type":"","size":9}', b'{"name":"b","type":"","size":-9}'),
    "a file with something more": b'{"v":1,"texts":{},"files":[{"name":"a","type":"","size":0,"more":1}]}',
    "deep as a well": b"[" * 3_000 + b"]" * 3_000,
}


def with_header(header: bytes, rest: bytes = b"") -> bytes:
    """A bundle with a header as it is given, filled up as it has to be."""
    plain = len(header).to_bytes(4, "big") + header + rest
    return plain.ljust(padded_size(len(plain)), b"\0")


def odd_bundles() -> dict[str, bytes]:
    """Bundles by what is wrong with them."""
    whole = packed(TOLD)
    wrong = {name: with_header(header) for name, header in HEADERS.items()}
    wrong |= {f"the first {cut} bytes": whole[:cut] for cut in (0, 1, 3, 4, 5, 50, 100, len(whole) - 1)}
    wrong |= {
        "not filled up": whole.rstrip(b"\0"),
        "a zero more": whole + b"\0",
        "as much again": whole + bytes(len(whole)),
        "no zeros at the end": whole[:-1] + b"\1",
        "no zeros in the middle of the end": whole[:2_000] + b"\1" + whole[2_001:],
        "a longer header than there is": b"\xff\xff\xff\xff" + whole[4:],
        "a header that is longer by one": (int.from_bytes(whole[:4], "big") + 1).to_bytes(4, "big") + whole[4:],
        "more than may be": with_header(HEADERS["a line more"].strip()).ljust(LARGEST + 1, b"\0"),
    }
    return wrong
