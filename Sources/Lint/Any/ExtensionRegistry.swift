import Conversation

/// The names of extensions in IANA's registries, and those beside them that are widely known.
enum ExtensionRegistry {
    static func isKnown(_ name: String, in dialect: DialectName) -> Bool {
        // What is private is marked so, and told by nobody (RFC 5321 §2.2.2, RFC 3501 §7.2.1).
        if name.hasPrefix("X") || name.isEmpty { return true }
        return switch dialect {
        case .smtp, .lmtp: smtp.contains(name)
        case .pop3: pop3.contains(name)
        case .imap:
            imap.contains(name) || families.contains { name.hasPrefix($0) }
                || imap.contains(
                    String(
                        name.prefix {
                            $0 != """
                                =
                                """
                        }))
        case .http, .nntp, .ftp, .sieve, .irc, .plain: true
        }
    }

    private static func names(_ text: String) -> Set<String> { Set(text.split(separator: " ").map(String.init)) }

    private static let smtp = names(
        """
        8BITMIME ATRN AUTH BINARYMIME BURL CHECKPOINT CHUNKING CONNEG CONPERM DELIVERBY DSN ENHANCEDSTATUSCODES ETRN \
        EXPN FUTURERELEASE HELP LIMITS MT-PRIORITY MTRK NO-SOLICITING ONEX PIPECONNECT PIPE_CONNECT PIPELINING PRDR \
        REQUIRETLS RRVS SAML SEND SIZE SMTPUTF8 SOML STARTTLS SUBMITTER TURN UTF8SMTP VERB VERP VRFY
        """)
    private static let pop3 = names(
        """
        APOP AUTH-RESP-CODE EXPIRE IMPLEMENTATION LANG LOGIN-DELAY PIPELINING RESP-CODES SASL STLS TOP UIDL USER \
        UTF8
        """)
    private static let imap = names(
        """
        ACL ANNOTATE-EXPERIMENT-1 APPENDLIMIT AUTH BINARY CATENATE CHILDREN COMPRESS CONDSTORE CONTEXT CONVERT \
        CREATE-SPECIAL-USE ENABLE ESEARCH ESORT FILTERS I18NLEVEL ID IDLE IMAP4 IMAP4REV1 IMAP4REV2 IMAPSIEVE \
        INPROGRESS JMAPACCESS LANGUAGE LIST-EXTENDED LIST-METADATA LIST-MYRIGHTS LIST-STATUS LITERAL+ LITERAL- \
        LOGIN-REFERRALS LOGINDISABLED MAILBOX-REFERRALS MESSAGELIMIT METADATA METADATA-SERVER MOVE MULTIAPPEND \
        MULTISEARCH NAMESPACE NOTIFY OBJECTID PARTIAL PREVIEW QRESYNC QUOTA QUOTASET REPLACE SASL-IR SAVEDATE \
        SAVELIMIT SEARCH SEARCHRES SORT SPECIAL-USE STARTTLS STATUS THREAD UIDBATCHES UIDONLY UIDPLUS UNAUTHENTICATE \
        UNSELECT URL-PARTIAL URLAUTH URLFETCH UTF8 WITHIN ANNOTATEMORE
        """)
    /// What begins so belongs to one of them.
    private static let families = [
        "RIGHTS", "QUOTA", "I18NLEVEL", "URLAUTH", "CONTEXT", "COMPRESS", "SORT", "THREAD", "SNIPPET",
    ]
}
