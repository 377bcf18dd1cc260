import Conversation
import Wire

/// SMTPUTF8 is listed, and what it needs is not.
struct SMTPServerSMTPUTF8Without8BITMIME: Rule {
    static let hears: RuleEvents = [.capabilities]
    static let about = RuleDescription(
        id: "smtp.server.smtputf8-without-8bitmime",
        title: Words("The server offers SMTPUTF8 but not 8BITMIME", ja: "SMTPUTF8 を提供しながら 8BITMIME がない"),
        severity: .error,
        side: .server,
        clause: "RFC 6531 §3.1",
        means: Words(
            """
            Mail for addresses in UTF-8 has headers in UTF-8, and these are 8-bit text. A server that offers SMTPUTF8 \
            must offer 8BITMIME as well; without it a client cannot send such mail.
            """,
            ja: """
                UTF-8 のアドレスを使うメールはヘッダーも UTF-8 で、8 ビットの文になります。SMTPUTF8 を提供するサーバーは \
                8BITMIME も提供しなければならず、なければクライアントはそのメールを送れません。
                """),
        remedy: Words(
            "Offer 8BITMIME too, or take SMTPUTF8 out of the answer to EHLO.",
            ja: "8BITMIME も提供するか、EHLO への応答から SMTPUTF8 を外してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 SMTPUTF8
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-8BITMIME
            S: 250 SMTPUTF8
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        guard listing.isWhole(in: session), listing.contains("SMTPUTF8"), !listing.contains("8BITMIME") else {
            return nil
        }
        return finding(
            at: listing.place, in: session,
            means: Words(
                "The server lists \(listing.names) after EHLO: SMTPUTF8 is among them, 8BITMIME is not.",
                ja: "EHLO への応答は \(listing.names) で、SMTPUTF8 はありますが 8BITMIME がありません。"))
    }
}

extension CapabilityListing {
    /// Nothing of it was lost, or taken out by mailtee.
    func isWhole(in session: SessionSoFar) -> Bool { !session.hasGap && session.faults.isEmpty }

    /// The keywords, the server's name that stands before them left out; of many the first ones.
    var names: String {
        let names = capabilities.dropFirst().map { Picture.of(text: String($0.name.prefix(24))) }
        return names.prefix(16).joined(separator: ", ") + (names.count > 16 ? ", …" : "")
    }
}
