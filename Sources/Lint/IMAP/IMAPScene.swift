/// The beginnings and the end of the conversations by which the rules about IMAP explain themselves.
enum IMAPScene {
    static let secure = """
        protocol: imap
        tls server start=implicit verification=verified
        tls client start=implicit

        """

    static let loggedIn = loggedIn("IMAP4rev1 LITERAL+ IDLE UIDPLUS MOVE")
    static let selected = loggedIn + select

    static func loggedIn(_ capabilities: String) -> String {
        secure + """
            S: * OK [CAPABILITY \(capabilities)] ready
            C: a1 LOGIN alice «secret»
            S: a1 OK [CAPABILITY \(capabilities)] logged in

            """
    }

    /// INBOX with three messages.
    static let select = #"""
        C: a2 SELECT INBOX
        S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)
        S: * 3 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY 1] unique
        S: * OK [UIDNEXT 9] next
        S: * OK [PERMANENTFLAGS (\Deleted \Seen)] lasting
        S: a2 OK [READ-WRITE] selected

        """#

    static let logout = """

        C: a9 LOGOUT
        S: * BYE bye
        S: a9 OK done
        end: client-closed
        """
}
