import Message
import Testing

@Suite struct EncodedWordsTests {
    private func read(_ text: String, in place: EncodedWords.Place = .unstructured) -> EncodedWords {
        EncodedWords(Array(text.utf8), in: place)
    }

    @Test(arguments: [
        ("=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=", "日本語"),
        ("=?iso-8859-1?q?this=20is=20some=20text?=", "this is some text"),
        ("Re: =?UTF-8?B?5pel5pys?= =?UTF-8?Q?_test?= end", "Re: 日本 test end"),
        ("=?utf-8?B?5pel?=\r\n =?utf-8?B?5pys?=", "日本"),
        ("=?utf-8?B?5pel?=\n\t=?shift_jis?B?jOs=?=", "日誤"),
        ("a\r\n b =?utf-8?q?c?=\r\n d", "a b c d"),
        ("=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore"),
        // RFC 2047 §8.
        ("(=?ISO-8859-1?Q?a?=)", "(a)"), ("(=?ISO-8859-1?Q?a?= b)", "(a b)"),
        ("(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"), ("(=?ISO-8859-1?Q?a_b?=)", "(a b)"),
        ("(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)"),
        // A character cut between two words.
        ("=?utf-8?B?5pel5g==?= =?utf-8?B?nKw=?=", "日本"), ("=?utf-8?Q?=E6=97?= =?UTF-8?Q?=A5?=", "日"),
        ("=?shift_jis?Q?=93?= =?shift_jis?Q?=FA?=", "日"),
        ("=?ISO-2022-JP?B?GyRCRnxL?= =?ISO-2022-JP?B?XDhsGyhC?=", "日本語"),
        ("=?ISO-2022-JP?B?GyRCRnw=?= =?ISO-2022-JP?B?S1wbKEI=?=", "日本"),
        // Not as they should be, but plain to see.
        ("=?utf-8?B?5pel5pys?==?utf-8?B?6Kqe?=", "日本語"), ("=?utf-8?Q?a b?=", "a b"),
        ("=?utf-8?B?5pel5pys6Kqe4?=", "日本語"),
        ("=?utf-8?B?5pel\r\n 5pys?=", "日本"), ("=?utf-8?B?44GC44GE?=x", "あいx"), ("=?utf-8?q?why??=", "why?"),
        ("=?utf-8?B?5pel5pys?", "=?utf-8?B?5pel5pys?"), ("=?x-nope?B?QQ==?= b", "=?x-nope?B?QQ==?= b"),
        ("=?utf-8?X?QQ==?=", "=?utf-8?X?QQ==?="), ("a =? b ?= c", "a =? b ?= c"), ("", ""), ("=?", "=?"),
        ("=?utf-8?B?", "=?utf-8?B?"),
        ("=?utf-8?B?YQ =?utf-8?B?Yg==?=", "=?utf-8?B?YQ b"), ("=?utf-8?Q??= x", " x"),
    ]) func saysWhatWasMeant(_ body: String, _ text: String) {
        #expect(read(body).text == text)
    }

    @Test(arguments: [
        ("=?utf-8?B?5pel?=", [String]()), ("=?utf-8?B?5pel?= =?utf-8?B?5pys?=", []), ("plain", []),
        ("(=?utf-8?q?a?=)", []),
        ("=?utf-8?B?5pel?=\r\n =?utf-8?B?5pys?=\r\n", []),
        ("=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?=", []),
        ("=?utf-8?B?5pel5g==?= =?utf-8?B?nKw=?=", ["characterCut 0..<20 0"]),
        (
            "=?ISO-2022-JP?B?GyRCRnxL?= =?ISO-2022-JP?B?XDhsGyhC?=",
            ["characterCut 0..<26 0", "notBackInASCII jis1983 0..<26 0"]
        ),
        ("=?ISO-2022-JP?B?GyRCRnw=?=", ["notBackInASCII jis1983 0..<26 0"]),
        ("=?utf-8?B?5pel?=x", ["notSeparated 120 0..<16 0"]), ("x=?utf-8?B?5pel?=", ["notSeparated 120 1..<17 0"]),
        ("=?utf-8?q?a?==?utf-8?q?b?=", ["notSeparated 61 0..<13 0"]),
        ("=?utf-8?q?a?=,", ["notSeparated 44 0..<13 0"]),
        ("=?x-nope?B?QQ==?=", ["unknownCharset x-nope 0..<17 0"]), ("=?utf-8?X?QQ==?=", ["unknownEncoding X 0..<16 0"]),
        ("=?utf-8?B?5pe?=", ["badBase64 0..<15 0", "wrongBytes 2 0..<15 0"]),
        ("=?utf-8?B?YWI?=", ["badBase64 0..<15 0"]),
        ("=?utf-8?Q?=zz?=", ["badQ 0..<15 0"]), ("=?utf-8?Q?a b?=", ["blankInside 0..<15 0"]),
        ("=?utf-8?Q??=", ["emptyText 0..<12 0"]), ("=?utf-8?Q?=FF?=", ["wrongBytes 1 0..<15 0"]),
        ("=?utf-8?B?YQ", ["unterminated 0..<12 nil"]), ("=?utf-8?B?YQ =?utf-8?B?Yg==?=", ["unterminated 0..<12 nil"]),
        ("é", ["rawEightBit utf-8 0..<2 nil"]), ("=?utf-8?q?a?= é!", ["rawEightBit utf-8 14..<16 nil"]),
        ("\u{1B}$BF|\u{1B}(B", ["rawEscapes 0..<8 nil"]),
        ("=?utf-8?Q?" + String(repeating: "a", count: 63) + "?=", []),
        ("=?utf-8?Q?" + String(repeating: "a", count: 64) + "?=", ["tooLong 76 0..<76 0"]),
    ]) func faultsAreFound(_ body: String, _ faults: [String]) {
        let words = read(body)
        #expect(words.faults.map(\.told) == faults)
        #expect(words.faultCount == faults.count)
    }

    @Test func quotedStringsAreNoPlaceForWords() {
        let body = #""=?utf-8?q?a?=" <a@b>, =?utf-8?q?b?= <b@c> ("=?utf-8?q?c?= ") "x\" =?utf-8?q?d?=""#
        let inside = read(body, in: .structured).faults.filter { $0.kind == .inQuotedString }
        #expect(inside.map(\.word) == [0, 3])
        #expect(read(body).faults.allSatisfy { $0.kind != .inQuotedString })
        #expect(read("=?utf-8?q?a?=", in: .quotedString).faults.map(\.kind) == [.inQuotedString])
    }

    @Test func wordsAreTold() throws {
        let words = read("a =?US-ASCII*EN?Q?b=63?= =?utf-8?x?d?=").words
        #expect(words.count == 2)
        #expect(words[0].range == 2..<24)
        #expect(words[0].charset == .usASCII)
        #expect(words[0].language == "EN")
        #expect(words[0].encoding == .q)
        #expect(words[0].bytes == Array("bc".utf8))
        #expect(words[0].text == "bc")
        #expect(words[1].encoding == .other("X"))
        #expect(words[1].text == nil)
    }

    @Test func decodeGivesNilWhereTheBodyIsWhatItLooksLike() {
        #expect(EncodedWord.decode(Array("plain".utf8)) == nil)
        #expect(EncodedWord.decode(Array("日本".utf8)) == nil)
        #expect(EncodedWord.decode(Array("=?x-nope?B?QQ==?=".utf8)) == nil)
        #expect(EncodedWord.decode(Array("=?utf-8?B?QQ==?=".utf8)) == "A")
        #expect(EncodedWord.decode(Array("\u{1B}$BF|K\\\u{1B}(B".utf8)) == "日本")
        #expect(EncodedWord.decode(hex("89EF8B6382CC82B288C493E0")) == "会議のご案内")
    }
}

extension EncodedWords.Fault {
    fileprivate var told: String {
        let kind =
            switch kind {
            case .tooLong(let count): "tooLong \(count)"
            case .characterCut: "characterCut"
            case .notSeparated(let byte): "notSeparated \(byte)"
            case .notBackInASCII(let set): "notBackInASCII \(set)"
            case .unknownCharset(let name): "unknownCharset \(name)"
            case .unknownEncoding(let name): "unknownEncoding \(name)"
            case .badBase64: "badBase64"
            case .badQ: "badQ"
            case .blankInside: "blankInside"
            case .inQuotedString: "inQuotedString"
            case .emptyText: "emptyText"
            case .wrongBytes(let count): "wrongBytes \(count)"
            case .unterminated: "unterminated"
            case .rawEightBit(let charset): "rawEightBit \(charset.name)"
            case .rawEscapes: "rawEscapes"
            }
        return "\(kind) \(range) \(word.map { "\($0)" } ?? "nil")"
    }
}
