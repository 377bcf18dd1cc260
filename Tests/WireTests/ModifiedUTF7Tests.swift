import Testing
import Wire

@Suite struct ModifiedUTF7Tests {
    /// The last two are examples of RFC 3501 §5.1.3.
    @Test(arguments: [
        ("INBOX", "INBOX"), ("", ""), ("A&-B", "A&B"), ("&AOk-t&AOk-", "été"), ("&2D3eAA-", "😀"),
        ("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"), ("&Jjo-!", "☺!"),
    ]) func aNameIsDecoded(_ name: String, _ decoded: String) {
        #expect(ModifiedUTF7.decode(Array(name.utf8)) == decoded)
    }

    @Test(arguments: [
        "&", "&AOk", "&AOk ", "&AA-", "&A-", "&AOl-", "&AOkA-", "&2D0-", "&3gA-", "&AO/-", "\u{e9}", "a\r", "&AOk=-",
        "&&-",
    ]) func whatIsNoNameIsToldApart(_ name: String) {
        #expect(ModifiedUTF7.decode(Array(name.utf8)) == nil)
    }

    @Test(arguments: [
        ("a1 SELECT \"&ZeVnLIqe-/&x-/A&-B\"", "a1 SELECT \"日本語/&x-/A&B\""), ("&&-", "&&"), ("&AOk-&AOk-", "éé"),
    ]) func theShiftsInALineAreDecoded(_ line: String, _ decoded: String) {
        #expect(ModifiedUTF7.decodeShifts(in: Array(line.utf8)) == decoded)
    }

    @Test(arguments: ["", "a1 SELECT INBOX", "a & b", "&x-", "&"]) func aLineWithoutAny(_ line: String) {
        #expect(ModifiedUTF7.decodeShifts(in: Array(line.utf8)) == nil)
    }
}
