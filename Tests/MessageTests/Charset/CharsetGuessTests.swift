import Message
import Testing

@Suite struct CharsetGuessTests {
    /// Three characters that are as good in another charset.
    static let tooShort: Set = ["Re: 報價單"]

    @Test(arguments: GuessVectors.all.indices) func realTextIsKnown(_ index: Int) throws {
        let (charset, bytes, text) = GuessVectors.all[index]
        let guess = CharsetGuess(hex(bytes))
        let odds = guess.candidates.map { ($0.charset.name, $0.probability) }
        #expect(guess.declaration == .none)
        guard let likeliest = guess.likeliest else {
            #expect(Self.tooShort.contains(text), "\(charset) \(text) \(odds)")
            return
        }
        #expect(likeliest.charset.isSame(as: Charset(charset)), "\(text): \(odds)")
        #expect(likeliest.charset.decode(hex(bytes)) == text)
        #expect(!likeliest.reasons.isEmpty)
    }

    @Test(arguments: GuessVectors.all.indices) func theRightLabelIsNotContradicted(_ index: Int) throws {
        let (charset, bytes, _) = GuessVectors.all[index]
        let guess = CharsetGuess(hex(bytes), declared: Charset(charset))
        #expect(guess.declaration == .fits(Charset(charset)))
        #expect(!guess.contradictsDeclaration)
        #expect(guess.likeliest?.charset.isSame(as: Charset(charset)) ?? true)
    }

    /// The nine charsets are not all that there are: a label that fits is believed.
    @Test(arguments: CharsetVectors.all.indices) func labelsOfOtherCharsetsAreBelieved(_ index: Int) throws {
        let (name, bytes, text) = CharsetVectors.all[index]
        let guess = CharsetGuess(hex(bytes), declared: Charset(name))
        #expect(!guess.contradictsDeclaration, "\(name) \(text): \(guess)")
    }

    @Test(arguments: [
        // Real text under a wrong label: what the label is, what the bytes are.
        ("utf-8", "shift_jis", "会議のご案内"), ("iso-2022-jp", "shift_jis", "会議のご案内"), ("iso-2022-jp", "euc-jp", "会議のご案内"),
        ("shift_jis", "euc-jp", "明日の打ち合わせ"), ("iso-8859-1", "shift_jis", "会議のご案内"), ("us-ascii", "utf-8", "会議のご案内"),
        ("shift_jis", "utf-8", "お見積りの件について"), ("us-ascii", "gb18030", "会议通知"), ("utf-8", "big5", "關於明天會議的安排"),
        ("iso-8859-1", "koi8-r", "Приглашение на совещание"), ("koi8-r", "windows-1251", "Приглашение на совещание"),
        ("utf-8", "windows-1252", "Grüße aus München"), ("us-ascii", "iso-2022-jp", "会議のご案内"),
        ("utf-8", "euc-kr", "내일 회의 일정에 대하여"),
    ]) func wrongLabelsAreContradicted(_ label: String, _ charset: String, _ text: String) throws {
        let bytes = try #require(GuessVectors.all.first { $0.charset == charset && $0.text.contains(text) }).hex
        let guess = CharsetGuess(hex(bytes), declared: Charset(label))
        #expect(guess.likeliest?.charset.isSame(as: Charset(charset)) == true, "\(guess)")
        #expect(guess.contradictsDeclaration, "\(guess)")
    }

    @Test(arguments: [
        ("plain text", "us-ascii"), ("", "us-ascii"), ("a+b-c, C++/CLI, 1+1=2", "us-ascii"), ("~{not hz", "us-ascii"),
        ("costs $B12(B) and $Bx", "us-ascii"), ("+ZeVnLIqe- +MFk-", "utf-7"), ("Hi +AOk-t+AOk-", "utf-7"),
        ("~{Dc:C#,5cHKMxQ!!#~}", "hz"), ("\u{1B}$BF|K\\8l\u{1B}(B", "iso-2022-jp"),
        ("\u{1B}$(D0!\u{1B}(B", "iso-2022-jp-1"), ("\u{1B}(I123\u{1B}(B", "cp50221"),
        ("\u{1B}$(C>H\u{1B}(B \u{1B}$BF|\u{1B}(B", "iso-2022-jp-2"), ("\u{1B}$(Q.!\u{1B}(B", "iso-2022-jp-2004"),
        ("\u{1B}$)C\u{0E}>H\u{0F}", "iso-2022-kr"), ("$B$3$s$K$A$O(B", "iso-2022-jp"), ("\u{1B}[31mred", "us-ascii"),
    ]) func sevenBitTextIsKnown(_ text: String, _ charset: String) throws {
        let likeliest = try #require(CharsetGuess(Array(text.utf8)).likeliest)
        #expect(likeliest.charset.name == Charset(charset).name || likeliest.charset.isSame(as: .hz))
        #expect(likeliest.charset.isSame(as: Charset(charset)))
    }

    @Test func whatNobodyCanTellIsNotTold() {
        #expect(CharsetGuess(noise(4_000)).likeliest == nil)
        // One byte of five charsets.
        #expect(CharsetGuess([0xB1]).likeliest == nil)
        #expect(CharsetGuess([UInt8](repeating: 0x80, count: 100)).likeliest == nil)
        #expect(CharsetGuess(hex("C4E3")).likeliest == nil)
    }

    @Test func marksAreSeen() {
        #expect(CharsetGuess(hex("EFBBBF 41")).likeliest?.reasons == [.byteOrderMark])
        #expect(CharsetGuess(hex("FFFE 4100")).likeliest?.charset == .utf16)
    }

    @Test func declarationsAreJudged() {
        let bytes = hex("41 93FA 96 7B")
        #expect(CharsetGuess(bytes, declared: .usASCII).declaration == .broken(.usASCII, wrong: [1..<4], count: 3))
        #expect(CharsetGuess(bytes, declared: .shiftJIS).declaration == .fits(.shiftJIS))
        #expect(CharsetGuess(bytes, declared: Charset("x-nope")).declaration == .unknown(Charset("x-nope")))
        #expect(CharsetGuess(bytes, declared: Charset("")).declaration == .none)
        #expect(CharsetGuess(bytes, declared: Charset("unknown-8bit")).declaration == .fits(Charset("unknown-8bit")))
        guard case .broken(_, _, let count) = CharsetGuess(bytes, declared: .utf8).declaration else {
            Issue.record("fits")
            return
        }
        #expect(count > 0)
    }

    @Test func reasonsAreGiven() throws {
        let japanese = try #require(GuessVectors.all.first { $0.charset == "shift_jis" && $0.text == "会議のご案内" })
        let likeliest = try #require(CharsetGuess(hex(japanese.hex)).likeliest)
        #expect(likeliest.reasons == [.kana(2, of: 6), .commonHan(4, of: 6)])
        #expect(
            CharsetGuess(Array("é".utf8)).likeliest?.reasons == [.wellFormedUTF8(characters: 1), .accented(1, of: 1)])
        #expect(
            CharsetGuess(Array("\u{1B}$B$\"\u{1B}(B".utf8)).likeliest?.reasons == [.escapes(["ESC $ B", "ESC ( B"])])
    }
}
