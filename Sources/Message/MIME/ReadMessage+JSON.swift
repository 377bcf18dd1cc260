import Wire

extension ReadMessage {
    /// The message as a script may read it: `octets`, `complete`, `header`, `parts` and `defects`. Offsets are bytes from
    /// its start.
    public var members: [JSON.Member] {
        [
            JSON.Member("octets", .int(wireCount)),
            JSON.Member("complete", .bool(isComplete)),
            JSON.Member("header", .array(fields.map(\.json))),
            JSON.Member("parts", .array(parts.map(\.json))),
            JSON.Member("partsBeyond", .int(partsBeyond)),
            JSON.Member("defects", .array(defects.map(\.json))),
        ]
    }
}

extension HeaderField {
    fileprivate var json: JSON {
        .members([
            "name": .string(name.text), "value": .string(body.text), "text": .string(text),
            "offset": .int(range.lowerBound), "length": .int(range.count),
        ])
    }
}

extension Part {
    /// The beginning of its text, in the charset that it names, or else the likeliest; nil where it is no text.
    public var shown: (text: String, charset: String)? {
        guard isText else { return nil }
        let declared = charset.map(Charset.init)
        if let declared, let read = declared.read(text) { return (read.text, read.readAs.name) }
        let guess = CharsetGuess(text, declared: declared).likeliest?.charset ?? .utf8
        return guess.read(text).map { ($0.text, $0.readAs.name) }
    }

    fileprivate var json: JSON {
        let shown = shown
        return .members([
            "parent": parent.map { .int($0) } ?? .null,
            "type": .string("\(type)/\(subtype)"),
            "charset": charset.map(JSON.string) ?? .null,
            "encoding": .string(transferEncoding.name),
            "disposition": disposition.map { .string($0.kind) } ?? .null,
            "filename": filename.map(JSON.string) ?? .null,
            "offset": .int(body.lowerBound), "length": .int(body.count),
            "octets": .int(decodedOctets),
            "text": shown.map { .string($0.text) } ?? .null,
            "readAs": shown.map { .string($0.charset) } ?? .null,
            "cut": isText ? .bool(isTextCut) : nil,
            "tnef": isTNEF ? .bool(true) : nil,
        ])
    }
}

extension MessageDefect {
    fileprivate var json: JSON {
        .members([
            "kind": .string(kind.rawValue), "part": .int(part), "count": .int(count),
            "offset": .int(range.lowerBound), "length": .int(range.count), "detail": .string(detail.text),
        ])
    }
}

extension TransferEncoding {
    /// As RFC 2045 §6.1 writes it; 7bit where nothing is said.
    public var name: String {
        switch self {
        case .absent, .sevenBit: "7bit"
        case .eightBit: "8bit"
        case .binary: "binary"
        case .quotedPrintable: "quoted-printable"
        case .base64: "base64"
        case .unknown(let word): word.text
        }
    }
}
