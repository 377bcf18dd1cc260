import Fuzzing
import Wire

/// What is read as JSON is written and read again as the same; any text can be written and read again.
@main enum FuzzJSON {
    static func main() {
        fuzz(check) { Picture.of($0) }
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        if let value = JSON.parse(input) { try expectWrittenAndRead(value) }
        try expectWrittenAndRead(.members([input.text: .string(input.text)]))
    }

    private static func expectWrittenAndRead(_ value: JSON) throws(Violation) {
        let text = value.text
        guard let back = JSON.parse(text.utf8) else { throw Violation("written and not read: \(text)") }
        // Strings are equal in Swift where they look the same; here each byte counts.
        guard back == value, back.text.utf8.elementsEqual(text.utf8) else {
            throw Violation("written as \(text) and read as \(back), not \(value)")
        }
        let isSafe = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x2028 && $0.value != 0x2029
        }
        guard isSafe else { throw Violation("written with control characters: \(Picture.of(text: text))") }
    }
}
