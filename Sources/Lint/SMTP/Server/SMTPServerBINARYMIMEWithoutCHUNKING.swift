import Conversation

/// BINARYMIME is listed, and what it needs is not.
struct SMTPServerBINARYMIMEWithoutCHUNKING: Rule {
    static let hears: RuleEvents = [.capabilities]
    static let about = RuleDescription(
        id: "smtp.server.binarymime-without-chunking",
        title: Words("The server offers BINARYMIME but not CHUNKING", ja: "BINARYMIME を提供しながら CHUNKING がない"),
        severity: .error,
        side: .server,
        clause: "RFC 3030 §3",
        means: Words(
            """
            Binary text has no lines, so it can be sent with BDAT only, which CHUNKING brings. A client cannot use \
            the offer as it stands.
            """,
            ja: """
                バイナリーの本文には行がないので、CHUNKING の BDAT でしか送れません。このままではクライアントは BINARYMIME を\
                使えません。
                """),
        remedy: Words(
            "Offer CHUNKING too, or take BINARYMIME out of the answer to EHLO.",
            ja: "CHUNKING も提供するか、EHLO への応答から BINARYMIME を外してください。"),
        violating: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250 BINARYMIME
            C: QUIT
            S: 221 mx.example.com closing
            """,
        conforming: """
            protocol: smtp
            S: 220 mx.example.com ESMTP
            C: EHLO client.example.com
            S: 250-mx.example.com
            S: 250-CHUNKING
            S: 250 BINARYMIME
            C: QUIT
            S: 221 mx.example.com closing
            """,
        dialects: [.smtp, .lmtp])

    mutating func capabilities(_ listing: CapabilityListing, in session: SessionSoFar) -> Finding? {
        guard listing.isWhole(in: session), listing.contains("BINARYMIME"), !listing.contains("CHUNKING") else {
            return nil
        }
        return finding(
            at: listing.place, in: session,
            means: Words(
                "The server lists \(listing.names) after EHLO: BINARYMIME is among them, CHUNKING is not.",
                ja: "EHLO への応答は \(listing.names) で、BINARYMIME はありますが CHUNKING がありません。"))
    }
}
