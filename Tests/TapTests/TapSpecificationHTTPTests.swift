import Conversation
import Tap
import Testing

/// What is taken for HTTP where nobody says so.
@Suite struct TapSpecificationHTTPTests {
    @Test(arguments: [
        ("10080=www.example:80", false), ("10080=www.example:8080", false), ("10443=www.example:443", true),
        ("8000=exec:/usr/sbin/nginx", false), ("1=exec:busybox httpd -i", false), ("1=exec:/sbin/mini_httpd", false),
        ("1=https://www.example:9443", true),
    ]) func isHTTP(_ text: String, _ isImplicitTLS: Bool) throws {
        let specification = try TapSpecification(text)
        #expect(specification.dialect == .http)
        #expect(specification.isImplicitTLS == isImplicitTLS)
    }

    @Test func anotherProgramOfBusyboxIsNot() throws {
        #expect(try TapSpecification("1=exec:busybox cat httpd").dialect == .plain)
    }
}
