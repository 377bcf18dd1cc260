import Conversation
import Tap
import Testing

/// What is spoken, by the port and by the child's name, in the protocols that are read as lines.
@Suite struct TapSpecificationLinesTests {
    @Test(arguments: [
        ("10119=news.example.com:119", DialectName.nntp, false), ("0=news.example.com:563", .nntp, true),
        ("0=ftp.example.com:21", .ftp, false), ("0=ftp.example.com:990", .ftp, true),
        ("0=mail.example.com:4190", .sieve, false), ("0=irc.example.com:6667", .irc, false),
        ("0=irc.example.com:6697", .irc, true), ("0=ircs://irc.example.com:7000", .irc, true),
        ("0=sieve+exec:/bin/true", .sieve, false), ("0=exec:/usr/sbin/nnrpd", .nntp, false),
        ("0=exec:/usr/sbin/vsftpd", .ftp, false), ("0=exec:busybox ftpd /srv", .ftp, false),
        ("0=exec:/usr/lib/dovecot/managesieve-login", .sieve, false), ("0=exec:ngircd -n", .irc, false),
    ]) func whatIsSpoken(_ text: String, _ dialect: DialectName, _ isImplicitTLS: Bool) throws {
        let specification = try TapSpecification(text)
        #expect(specification.dialect == dialect)
        #expect(specification.isImplicitTLS == isImplicitTLS)
    }
}
