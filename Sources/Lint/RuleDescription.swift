import Conversation

/// All that a rule says of itself: the manual, `mailtee explain`, the web page and the tests come from it.
///
/// A transcript is a conversation in the form that the tests of the dialects have, and some lines more:
///
///     protocol: smtp
///     earlier: TLS offered              this server did so in an earlier session
///     S: 220 mx.example.com
///     C: AUTH PLAIN «AGEAYg==»          between « and » all is secret
///     tls server verification="failed: it expired yesterday"
///     tls client                        a handshake of mailtee's with a peer has ended, with the members of `TLSFacts`
///                                       that matter; where it went well with the client, what follows is said inside
///     remark: fault inject-command: …   what mailtee tells of itself
///     lost: client 100                  so many bytes of a peer are missing
///     wait: 300                         so many seconds pass
///     end: client-closed                how it ended, as in `SessionEnd.text`
public struct RuleDescription: Sendable {
    /// Stable: what it is about and what is wrong, lower case, as in `tls.data-after-starttls` or
    /// `smtp.client.bare-lf`.
    public let id: String
    /// What is wrong, in one line, without a full stop.
    public let title: Words
    /// That of most of its findings; one may be milder.
    public let severity: Severity
    public let side: Side
    public let clause: Clause
    /// Why it matters, and how it comes about.
    public let means: Words
    public let remedy: Words
    /// A conversation that breaks the rule, and no other of its family but those in `besides`.
    public let violating: String
    /// One like it that breaks none.
    public let conforming: String
    /// The protocols in which it is listened for.
    public let dialects: Set<DialectName>
    /// False: the first finding says it for the whole session, since what would follow has the same cause.
    public let repeats: Bool
    /// Rules whose findings have their cause in this one's, and are left out of a session where this one has any.
    public let explains: [any Rule.Type]
    /// Ids of rules that a conversation which breaks this one cannot but break as well.
    public let besides: Set<String>
    /// After a finding of this rule the replies no longer belong to their commands, the bytes no longer to their lines:
    /// what else would be found behind it in this session is left out.
    public let desynchronises: Bool

    public init(
        id: String, title: Words, severity: Severity, side: Side, clause: Clause, means: Words, remedy: Words,
        violating: String, conforming: String, dialects: Set<DialectName> = [.smtp, .lmtp, .pop3, .imap],
        repeats: Bool = false, explains: [any Rule.Type] = [], besides: Set<String> = [], desynchronises: Bool = false
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.side = side
        self.clause = clause
        self.means = means
        self.remedy = remedy
        self.violating = violating
        self.conforming = conforming
        self.dialects = dialects
        self.repeats = repeats
        self.explains = explains
        self.besides = besides
        self.desynchronises = desynchronises
    }
}
