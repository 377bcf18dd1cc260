import Message
import Testing
import Wire

struct MessageIDTests {
    @Test(
        arguments: [
            (" <a@b>", "a@b", ""), ("<a@b> <c@d>", "a@b c@d", ""), ("<a.b+c=d@[192.0.2.1]>", "a.b+c=d@[192.0.2.1]", ""),
            ("<a@b> (comment) <c@d>", "a@b c@d", ""), ("<a@b>,<c@d>", "a@b c@d", "comma"), ("a@b", "", "text"),
            ("Your message of Tue <a@b>", "a@b", "text"), ("<a>", "a", "noAt"), ("<@b>", "@b", "noAt"),
            ("<>", "", "noAt"),
            ("<a b@c>", "ab@c", "blank"), ("<a@b@c>", "a@b@c", "badCharacter"), ("<a@b", "a@b", "unclosedAngle"),
            ("<a@b<c@d>", "a@b c@d", "unclosedAngle"), ("<a..b@c>", "a..b@c", "misplacedDot"),
            ("<{E9}@c>", nil, "eightBit"), ("<\"a b\"@c>", "a b@c", ""), ("", nil, ""),
        ] as [(String, String?, String)])
    func lists(text: String, shown: String?, oddities: String) {
        let list = MessageIDList(wire(text))
        if let shown { #expect(list.identifiers.map(\.bytes.text).joined(separator: " ") == shown) }
        #expect(Set(list.oddities.map(\.kind.rawValue)) == Set(oddities.split(separator: " ").map(String.init)))
    }

    @Test func many() {
        for piece in ["<a@b>", "<", "(", "\"", "a ", ","] {
            let list = MessageIDList(wire(String(repeating: piece, count: 50_000)))
            #expect(list.identifiers.count <= MessageLimits.identifiers)
            #expect(list.oddities.count <= MessageLimits.oddities)
        }
    }
}
