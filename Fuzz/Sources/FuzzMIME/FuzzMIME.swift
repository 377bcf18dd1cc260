import Fuzzing
import Message
import Wire

/// A message as a whole, behind one byte that says how it is cut: header, parts, encodings, and what the fields say.
@main enum FuzzMIME {
    static func main() {
        fuzz(check) { Picture.of($0.dropFirst()) }
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        let bytes = Array(input.dropFirst())
        let length = Int(input.first ?? 0) + 1
        for dotStuffed in [false, true] {
            let whole = read(bytes, pieces: bytes.count + 1, dotStuffed)
            let cut = read(bytes, pieces: length, dotStuffed)
            guard whole.octets == cut.octets, whole.defects == cut.defects,
                whole.parts.count == cut.parts.count, whole.fields.map(\.value) == cut.fields.map(\.value)
            else { throw Violation("cut into pieces of \(length), it reads otherwise") }
            for defect in whole.defects where defect.range.upperBound > UInt64(bytes.count) {
                throw Violation("a defect stands behind the end: \(defect)")
            }
            for part in whole.parts {
                guard part.body.upperBound <= UInt64(bytes.count), part.parent.map({ $0 < part.index }) ?? true else {
                    throw Violation("a part stands behind the end: \(part.body)")
                }
                for field in part.fields { try readField(field.value) }
            }
        }
        try readField(bytes)
        _ = QuotedPrintable.decode(bytes)
        _ = Base64Body.decode(bytes)
        _ = FormatFlowed.paragraphs(bytes, delSp: length.isMultiple(of: 2))
    }

    private static func read(_ bytes: [UInt8], pieces length: Int, _ dotStuffed: Bool) -> ReadMessage {
        var reader = MessageReader(dotStuffed: dotStuffed)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(length))
            rest = rest.dropFirst(length)
            reader.received(piece.span)
        }
        return reader.finished(complete: true)
    }

    private static func readField(_ value: [UInt8]) throws(Violation) {
        let ranges =
            AddressList(value).oddities.map(\.range) + MessageIDList(value).oddities.map(\.range)
            + ContentType(value).oddities.map(\.range) + ContentDisposition(value).oddities.map(\.range)
            + (DateTime(value)?.oddities.map(\.range) ?? [])
        for range in ranges where range.upperBound > value.count {
            throw Violation("an oddity stands behind the end of the field: \(range)")
        }
    }
}
