import Testing

@testable import Compare

@Suite struct SamenessTests {
    @Test(arguments: [
        ("2.0.0 Ok: queued as 4Xyz12AbCd9", "2.0.0 Ok: queued as 5Qrs99ZzYy1"),
        (
            "mx.example.com ESMTP; Tue, 4 Mar 1997 10:20:30 +0900",
            "mx.example.com ESMTP; Wed, 5 Mar 1997 11:21:31 +0900"
        ),
        ("ready <1896.697170952@dbc.mtview.ca.us>", "ready <1897.697170999@dbc.mtview.ca.us>"),
        ("2.1.0 1729h6s8a9d0f client", "2.1.0 9a8d7f6g5h4j client"),
        ("text/plain; boundary=\"----=_Part_12_3456.789\"", "text/plain; boundary=\"----=_Part_98_7654.321\""),
    ]) func isTheSame(_ a: String, _ b: String) {
        #expect(Sameness.of(a.utf8) == Sameness.of(b.utf8))
    }

    @Test(arguments: [
        ("250 ok", "250 no"),
        ("MAIL FROM:<alice@example.com>", "MAIL FROM:<bob@example.com>"),
        ("916 octets", "920 octets"),
        ("SIZE=1000", "SIZE=2000"),
        ("5.7.1 relaying denied", "5.7.8 relaying denied"),
    ]) func isNotTheSame(_ a: String, _ b: String) {
        #expect(Sameness.of(a.utf8) != Sameness.of(b.utf8))
    }
}
