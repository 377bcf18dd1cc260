import Dialects
import Testing

@Suite struct TLSOpeningTests {
    /// A ClientHello is told at its last byte, and not before.
    @Test(arguments: TLSConversation.real) func aClientHelloHoweverCut(_ conversation: TLSConversation) throws {
        let bytes = conversation.opening
        let verdict = TLSOpening.Verdict.clientHello(try #require(conversation.clientHello))
        var opening = TLSOpening()
        for index in bytes.indices {
            let now = opening.feed(bytes[index...index])
            #expect(now == (index == bytes.count - 1 ? verdict : .incomplete), "byte \(index)")
        }
        for split in bytes.indices {
            var opening = TLSOpening()
            #expect(opening.feed(bytes[..<split]) == .incomplete)
            #expect(opening.feed(bytes[split...]) == verdict)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 37, 100, 16_384]) func aClientHelloInManyRecords(_ length: Int) throws {
        let hello = try #require(TLSConversation.tls13.clientHello)
        let bytes = TLSBytes.refragmented(TLSConversation.tls13.opening, length)
        #expect(TLSOpening.verdict([bytes[...]]) == .clientHello(hello))
        #expect(TLSOpening.verdict(bytes.indices.map { bytes[$0...$0] }) == .clientHello(hello))
        #expect(TLSOpening.verdict([bytes.dropLast()]) == .incomplete)
    }

    @Test func whatFollowsDoesNotMatter() throws {
        let hello = try #require(TLSConversation.tls12.clientHello)
        var opening = TLSOpening()
        let bytes = TLSConversation.tls12.opening + Array("EHLO a\r\n".utf8)
        #expect(opening.feed(bytes) == .clientHello(hello))
        #expect(opening.feed(Array("QUIT\r\n".utf8)) == .clientHello(hello))
        var text = TLSOpening()
        #expect(text.feed(Array("EHLO a\r\n".utf8)) == .notTLS(.text))
        #expect(text.feed(TLSConversation.tls12.opening) == .notTLS(.text))
    }

    @Test func nothingIsNotEnough() {
        var opening = TLSOpening()
        #expect(opening.feed([]) == .incomplete)
    }

    /// Bytes, and how many of them decide. Those that follow would make a different thing of it.
    @Test(
        arguments: [
            ("45484c4f20610d0a", 1, .text), ("20", 1, .text), ("7e", 1, .text), ("0d0a", 1, .text), ("0a", 1, .text),
            ("09", 1, .text),
            ("00", 1, .other), ("7f", 1, .other), ("1b", 1, .other), ("15030100020228", 1, .other),
            ("170303", 1, .other),
            ("802e010002", 3, .sslv2Hello), ("ffff01", 3, .sslv2Hello), ("802e02", 3, .other),
            ("e381820d0a", 3, .other),
            ("1602", 2, .other), ("1645", 2, .other), ("1616", 2, .other),
            ("16030142", 4, .other), ("1603014101", 5, .other), ("1603010000", 5, .other),
            ("160301000502", 6, .other), ("160301000500", 6, .other),
            // A second record that is none, or is no part of the message.
            ("160301000101 15", 7, .other), ("160301000101 1602", 8, .other), ("160301000101 1603010000", 11, .other),
            // A ClientHello of more than 65,536 bytes: the length decides as soon as it is too great.
            ("160301000501 01", 7, .other), ("160301000501 00fffd", 9, .other),
            // One that ends too early.
            ("1603010004 01000000", 9, .other), ("160301000b 01000007 030300000000ff", 16, .other),
        ] as [(String, Int, TLSOpening.NotTLS)])
    func whatIsNotTLSIsToldAtOnce(_ text: String, _ count: Int, _ expected: TLSOpening.NotTLS) {
        let bytes = [UInt8](hexadecimal: text)
        var opening = TLSOpening()
        for index in bytes.indices {
            let verdict = opening.feed(bytes[index...index])
            #expect(verdict == (index < count - 1 ? .incomplete : .notTLS(expected)), "byte \(index)")
        }
        #expect(TLSOpening.verdict([bytes[...]]) == .notTLS(expected))
    }

    @Test(arguments: [
        "16", "1603", "160301410001", "160301000501", "160301000101 16", "160301000501 00fffc", "80", "802e",
    ])
    func whatMayYetBecomeTLS(_ text: String) {
        #expect(TLSOpening.verdict([[UInt8](hexadecimal: text)[...]]) == .incomplete)
    }

    @Test func theGreatestClientHello() {
        let bytes = TLSBytes.clientHello(ofBytes: TLSLimits.hello)
        guard case .clientHello = TLSOpening.verdict(bytes.indices.map { bytes[$0...$0] }) else {
            Issue.record("no ClientHello")
            return
        }
        let more = TLSBytes.clientHello(ofBytes: TLSLimits.hello + 1)
        #expect(TLSOpening.verdict([more[...]]) == .notTLS(.other))
    }

    /// Any bytes get a verdict, and the same however they are cut.
    @Test(arguments: TLSConversation.real) func damaged(_ conversation: TLSConversation) {
        var chance = TLSChance(1)
        var verdicts: [String: Int] = [:]
        for _ in 0..<400 {
            let length = [1, 7, 16_384][chance.next(below: 3)]
            let bytes = chance.mutate(TLSBytes.refragmented(conversation.opening, length))
            let verdict = TLSOpening.verdict([bytes[...]])
            #expect(TLSOpening.verdict(bytes.indices.map { bytes[$0...$0] }) == verdict, "\(bytes)")
            #expect(TLSOpening.verdict(chance.pieces(of: bytes, upTo: 40)) == verdict, "\(bytes)")
            switch verdict {
            case .incomplete: verdicts["incomplete", default: 0] += 1
            case .clientHello: verdicts["hello", default: 0] += 1
            case .notTLS: verdicts["not", default: 0] += 1
            }
        }
        #expect(verdicts.count == 3, "the damage is always of one kind: \(verdicts)")
    }
}
