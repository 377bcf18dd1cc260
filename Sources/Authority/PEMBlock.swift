import Wire

/// A block of PEM (RFC 7468). Read as others read it: any length of line, any text around it.
struct PEMBlock {
    /// What stands after BEGIN, as in `CERTIFICATE`.
    var label: String
    var der: [UInt8]
    /// True where it has the headers of a key with a passphrase (RFC 1421 §4.6.1.1); `der` is then of no use.
    var isEncrypted = false

    /// What is wrong with the text of a block; says nothing of what stands in it.
    struct Damage: Error {
        /// Of the line where the block begins, from 1.
        var line: Int
        var cause: String
    }

    /// 64 characters a line, each with its line end.
    var text: String {
        var lines = ["-----BEGIN \(label)-----"]
        var rest = Base64.encode(der)[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(64)))
            rest = rest.dropFirst(64)
        }
        lines.append("-----END \(label)-----")
        return lines.map { $0 + "\n" }.joined()
    }

    /// The blocks of a file in their order.
    static func read(_ bytes: [UInt8]) throws(Damage) -> [PEMBlock] {
        var blocks: [PEMBlock] = []
        var open: (label: String, line: Int, content: [UInt8], isEncrypted: Bool)?
        // Editors of Windows put a byte order mark before the text.
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let lines = bytes[start...].split(separator: Byte.lf, omittingEmptySubsequences: false)
        for (index, raw) in lines.enumerated() {
            let line = trimmed(raw)
            if let label = label(line, "-----BEGIN ") {
                if let open { throw Damage(line: open.line, cause: "has no END") }
                open = (label, index + 1, [], false)
            } else if let label = label(line, "-----END "), let block = open {
                guard label == block.label else { throw Damage(line: block.line, cause: "ends as another block") }
                // What has a passphrase is no DER until it is opened.
                let der = block.isEncrypted ? [] : Base64.decode(block.content)
                guard let der, block.isEncrypted || !der.isEmpty else {
                    throw Damage(line: block.line, cause: block.content.isEmpty ? "is empty" : "is not base64")
                }
                blocks.append(PEMBlock(label: block.label, der: der, isEncrypted: block.isEncrypted))
                open = nil
            } else if line.contains(Byte.colon) {
                if line.starts(with: "Proc-Type:".utf8) { open?.isEncrypted = true }
            } else {
                open?.content += line.filter { !$0.isBlank }
            }
        }
        if let open { throw Damage(line: open.line, cause: "has no END: the file is cut off") }
        return blocks
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = line.drop { $0.isBlank }
        let end = start.lastIndex { !$0.isBlank && $0 != Byte.cr }
        return end.map { start[...$0] } ?? []
    }

    private static func label(_ line: ArraySlice<UInt8>, _ mark: String) -> String? {
        guard line.starts(with: mark.utf8), line.reversed().starts(with: "-----".utf8) else { return nil }
        let label = line.dropFirst(mark.utf8.count).dropLast(5)
        return label.text
    }
}
