import Fuzzing
import Message
import Wire

/// The name of a charset, a line end, and text; the first byte says how the text is cut.
@main enum FuzzCharset {
    static func main() {
        fuzz(check) { Picture.of($0.dropFirst()) }
    }

    private static func check(_ input: [UInt8]) throws(Violation) {
        let length = Int(input.first ?? 0) + 1
        let name = input.dropFirst().prefix { $0 != Byte.lf }
        let text = Array(input.dropFirst(name.count + 2))
        let charset = Charset(String(decoding: name, as: UTF8.self))
        if var whole = CharsetDecoder(charset), var cut = CharsetDecoder(charset) {
            let expected = whole.received(text) + whole.finished()
            var found = ""
            var rest = text[...]
            while !rest.isEmpty {
                found += cut.received(Array(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
            found += cut.finished()
            if found != expected { throw Violation("cut into pieces of \(length), it reads otherwise") }
        }
        for range in charset.read(text)?.wrong ?? [] where range.upperBound > text.count {
            throw Violation("wrong bytes behind the end: \(range)")
        }
        _ = CharsetGuess(text, declared: charset)
        _ = DoubleEncoding.find(in: text)
        for piece in ISO2022Walk(text).faults where piece.range.upperBound > text.count {
            throw Violation("a fault behind the end")
        }
        _ = EncodedWords(text)
        _ = EncodedWord.decode(text)
        _ = Visible.raw(text)
    }
}
