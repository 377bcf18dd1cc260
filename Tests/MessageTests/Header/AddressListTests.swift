import Message
import Testing
import Wire

struct AddressListTests {
    private func shown(_ mailbox: Mailbox) -> String {
        (mailbox.name.map { "\($0) " } ?? "") + "<\(mailbox.address.text)>"
    }

    private func shown(_ address: Address) -> String {
        switch address {
        case .mailbox(let mailbox): shown(mailbox)
        case .group(let name, let members, _): "\(name.text): \(members.map { shown($0) }.joined(separator: ", "));"
        }
    }

    @Test(arguments: [
        ("a@b.c", "<a@b.c>", ""),
        (" John Doe <a@b>", "John Doe <a@b>", ""),
        ("\"Doe, John\" <a@b>", "Doe, John <a@b>", ""),
        ("\"a \\\"q\\\" b\" <a@b>", "a \"q\" b <a@b>", ""),
        ("a@b (John Doe)", "John Doe <a@b>", ""),
        ("a@b, c@d", "<a@b> | <c@d>", ""),
        ("A <a@b>,\t B (x) <c@d>", "A <a@b> | B <c@d>", ""),
        ("=?utf-8?B?44GC?= =?utf-8?B?44GE?= <a@b>", "あい <a@b>", ""),
        ("\"quoted local\"@b", "<quoted local@b>", ""),
        ("<\"a b\"@[192.0.2.1]>", "<a b@[192.0.2.1]>", ""),
        ("a+b=c@d-e.f", "<a+b=c@d-e.f>", ""),
        ("undisclosed-recipients:;", "undisclosed-recipients: ;", ""),
        ("Friends: a@b, C <c@d>; , e@f", "Friends: <a@b>, C <c@d>; | <e@f>", ""),
        ("g:a@b;", "g: <a@b>;", ""),
        ("(c (nested \\) x) c) a@b", "c (nested \\) x) c <a@b>", ""),
        ("<>", "<>", "emptyAddress"), ("Name <>", "Name <>", "emptyAddress"),
        ("", "", ""), ("  ", "", ""),
        ("a@b,,c@d", "<a@b> | <c@d>", "emptyItem"), ("a@b,", "<a@b>", "emptyItem"), (",a@b", "<a@b>", "emptyItem"),
        ("<@x,@y:a@b>", "<a@b>", "route"),
        ("John Q. Public <a@b>", "John Q. Public <a@b>", "dotInName"),
        ("John [x] <a@b>", "John [x] <a@b>", "specialInName"),
        ("a@b <a@b>", "a@b <a@b>", "specialInName"),
        ("a . b @ c . d", "<a.b@c.d>", "blankInAddress"), ("< a@b >", "<a@b>", "blankInAddress"),
        ("root", "<root>", "noDomain"), ("<root>", "<root>", "noDomain"),
        ("John Doe", "John Doe <>", "noDomain"), ("a@", "<a>", "noDomain"), ("@b", "<@b>", "noLocalPart"),
        ("Doe, John <a@b>", "<Doe> | John <a@b>", "noDomain"),
        ("John a@b", "John <a@b>", "strayText"), ("<a@b> John", "<a@b>", "strayText"),
        ("a..b@c", "<a..b@c>", "misplacedDot"), ("a.@c", "<a.@c>", "misplacedDot"), ("a@c.", "<a@c.>", "misplacedDot"),
        ("a@b@c", "<a@b@c>", "badDomain"), ("a@b; c@d", "<a@b> | <c@d>", "separator"),
        ("<a@b> <c@d>", "<a@b> | <c@d>", "separator"),
        ("<<a@b>>", "<> | <a@b>", "emptyAddress unclosedAngle separator strayText"),
        ("\"John <a@b>", "John <a@b> <>", "unclosedQuote noDomain"), ("a@b (x", "x <a@b>", "unclosedComment"),
        ("<a@b", "<a@b>", "unclosedAngle"), ("<a@b, c@d", "<a@b> | <c@d>", "unclosedAngle"),
        ("a@[1.2", "<a@[1.2>", "unclosedLiteral"), ("g: a@b", "g: <a@b>;", "unclosedGroup"),
        ("g: h: a@b;", "g: <a@b>;", "nestedGroup"),
        ("\"=?utf-8?B?44GC?=\" <a@b>", "あ <a@b>", "encodedWordInQuotes"),
        ("=?utf-8?B?44GC?=@b", "<=?utf-8?B?44GC?=@b>", "encodedWordInAddress"),
        ("caf{C3}{A9} <a@b>", "café <a@b>", "eightBit"), ("a{01}b@c", "<a\u{1}b@c>", "control specialInName"),
    ])
    func lists(text: String, shown: String, oddities: String) {
        let list = AddressList(wire(text))
        #expect(list.addresses.map { self.shown($0) }.joined(separator: " | ") == shown)
        #expect(Set(list.oddities.map(\.kind.rawValue)) == Set(oddities.split(separator: " ").map(String.init)))
    }

    @Test func ranges() {
        let text = " John Doe <a@b> , c@d (x), g: e@f;"
        let ranges = AddressList(wire(text)).mailboxes.map { wire(text)[$0.range].text }
        #expect(ranges.map { $0.trimmed } == ["John Doe <a@b>", "c@d (x)", "e@f"])
    }

    @Test func manyOrDeep() {
        let many = AddressList(wire(String(repeating: "a@b,", count: 50_000)))
        #expect(many.addresses.count == MessageLimits.addresses)
        #expect(many.has(.tooMany))
        for piece in ["(", "\"", "<", "g:", "@", "[", "a ", "a(", "<@", ";", "\\", ".", "=?", "a@b<"] {
            let list = AddressList(wire(String(repeating: piece, count: 50_000)))
            #expect(list.mailboxes.count <= MessageLimits.addresses + 1)
            #expect(list.oddities.count <= MessageLimits.oddities)
        }
    }

    @Test func anything() {
        let pieces = [
            "a", "@", "b", ".", ",", ";", ":", "<", ">", "(", ")", "\"", "\\", "[", "]", " ", "{80}", "=?utf-8?Q?a?=",
        ]
        var random = Random(state: 4)
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<(random.next() % 16) { text += pieces.randomElement(using: &random) ?? "" }
            let bytes = wire(text)
            let list = AddressList(bytes)
            #expect(list.oddities.allSatisfy { $0.range.upperBound <= bytes.count })
            #expect(list.mailboxes.allSatisfy { $0.range.upperBound <= bytes.count })
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
