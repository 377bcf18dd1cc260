import Message
import Testing
import Wire

struct ContentTypeTests {
    @Test(arguments: [
        ("text/plain", "text/plain", "", ""),
        (" Text/HTML; Charset=\"UTF-8\"", "text/html", "charset=UTF-8", ""),
        ("text/plain; charset=us-ascii (Plain text)", "text/plain", "charset=us-ascii", ""),
        ("text/plain (a) ; (b) charset=x (c)", "text/plain", "charset=x", ""),
        ("a/b; name=\"a;b\\\"c\"", "a/b", "name=a;b\"c", ""),
        ("a/b; name=\"C:\\dir\\x\"", "a/b", "name=C:\\dir\\x", ""),
        ("a/b; name=report (1).pdf", "a/b", "name=report (1).pdf", "unquotedSpecial"),
        ("a/b; name=report(1).pdf; x=y", "a/b", "name=report(1).pdf x=y", "unquotedSpecial"),
        ("a/b; name=x (", "a/b", "name=x (", "unquotedSpecial"),
        ("a/b;", "a/b", "", "emptyParameter"), ("a/b;; x=y", "a/b", "x=y", "emptyParameter"),
        ("a/b; x", "a/b", "", "noValue"), ("a/b; x; y=z", "a/b", "y=z", "noValue"), ("a/b; x=", "a/b", "x=", "noValue"),
        ("a/b; x = y", "a/b", "x=y", "blankAroundEquals"),
        ("a/b; x=\"y", "a/b", "x=y", "unclosedQuote"), ("a/b; x=\"y\" z; v=w", "a/b", "x=y v=w", "textBehindValue"),
        ("a/b; x=y; X=z", "a/b", "x=y", "repeated"),
        ("text", "text/plain", "", "noType"), ("", "text/plain", "", "noType"),
        ("text; charset=x", "text/plain", "charset=x", "noType"),
        ("text/plain charset=x", "text/plain", "", "noType"), ("a/b/c; x=y", "a/b", "x=y", "noType"),
        ("a/b; n*=utf-8'ja'%E3%81%82", "a/b", "n=あ", ""), ("a/b; n*=UTF-8''%e3%81%82.txt", "a/b", "n=あ.txt", ""),
        ("a/b; n*0=x; n*1=\"y z\"", "a/b", "n=xy z", ""), ("a/b; n*1=y; n*0=x", "a/b", "n=xy", ""),
        ("a/b; n*0*=iso-2022-jp''%1B$B$%22; n*1*=%1B%28B; n*2=.txt", "a/b", "n=あ.txt", ""),
        ("a/b; n=old; n*=utf-8''new", "a/b", "n=new", ""),
        ("a/b; n*0=x; n*2=z", "a/b", "n=xz", "gap"), ("a/b; n*1=x", "a/b", "n=x", "gap"),
        ("a/b; n*=x%20y", "a/b", "n=x y", "withoutCharset"),
        ("a/b; n*0=a; n*1*=%20b", "a/b", "n=a b", "withoutCharset"),
        ("a/b; n*=''x", "a/b", "n=x", "withoutCharset"), ("a/b; n*=utf-8''x%zz", "a/b", "n=x%zz", "badPercent"),
        ("a/b; n*0=x; n*0=y", "a/b", "n=x", "repeated"),
        ("a/b; n*99999999999999999999=x", "a/b", "n*99999999999999999999=x", ""),
        ("a/b; n==?utf-8?B?44GC?=", "a/b", "n=あ", "encodedWord unquotedSpecial"),
        ("a/b; n=\"=?utf-8?B?44GC?=\"", "a/b", "n=あ", "encodedWord"), ("a/b; n={C3}{A9}", "a/b", "n=é", "eightBit"),
    ])
    func types(text: String, type: String, parameters: String, oddities: String) {
        let value = ContentType(wire(text))
        #expect("\(value.type)/\(value.subtype)" == type)
        #expect(value.parameters.map { "\($0.name)=\($0.text)" }.joined(separator: " ") == parameters)
        #expect(Set(value.oddities.map(\.kind.rawValue)) == Set(oddities.split(separator: " ").map(String.init)))
    }

    @Test(
        arguments: [
            ("attachment; filename=a.txt", "attachment", "a.txt", ""), ("INLINE", "inline", nil, ""),
            ("; filename=a", "", "a", "noType"), ("attachment filename=a", "attachment", nil, "noType"),
            ("attachment; filename*=utf-8''%E3%81%82", "attachment", "あ", ""),
        ] as [(String, String, String?, String)])
    func dispositions(text: String, kind: String, filename: String?, oddities: String) {
        let value = ContentDisposition(wire(text))
        #expect(value.kind == kind)
        #expect(value.parameter("filename")?.text == filename)
        #expect(value.oddities.map(\.kind.rawValue).joined(separator: " ") == oddities)
    }

    @Test func manyOrDeep() {
        for piece in [
            ";", "; a=b", "(", "; a=(", "; a=b (", "\"", "; a=\"", "; n*0=a", "=?", "; n==?a?=", "; a=b (c) d",
        ] {
            let value = ContentType(wire("a/b") + wire(String(repeating: piece, count: 20_000)))
            #expect(value.parameters.count <= MessageLimits.parameters)
            #expect(value.oddities.count <= MessageLimits.oddities)
        }
    }

    @Test func places() {
        let text = "a/b; n*0=x; n*2=y"
        #expect(ContentType(wire(text)).oddities.map { wire(text)[$0.range].text } == ["n*2=y"])
    }
}
