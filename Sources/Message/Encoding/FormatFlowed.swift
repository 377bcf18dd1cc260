import Wire

/// Text with soft line breaks: `text/plain; format=flowed` (RFC 3676).
public enum FormatFlowed {
    public struct Paragraph: Sendable, Equatable {
        /// How many times it is quoted.
        public var quoteDepth: Int
        /// Without quote marks and stuffing blanks, soft lines joined.
        public var text: [UInt8]
        /// It was joined of several lines.
        public var isFlowed: Bool
    }

    /// - Parameters:
    ///   - bytes: the text in its charset, lines ending in CRLF or LF.
    ///   - delSp: the blank that makes a line soft is none of the text's (the parameter `delsp=yes`, §4.1).
    public static func paragraphs(_ bytes: [UInt8], delSp: Bool = false) -> [Paragraph] {
        var paragraphs: [Paragraph] = []
        /// The last paragraph goes on with the next line, if that is quoted as often.
        var goesOn = false
        var start = 0
        while start < bytes.count {
            let lf = bytes.span.firstIndex(of: Byte.lf, from: start) ?? bytes.count
            let end = lf > start && bytes[lf - 1] == Byte.cr ? lf - 1 : lf
            var index = start
            while index < end, bytes[index] == Byte.greater { index += 1 }
            let depth = index - start
            if index < end, bytes[index] == Byte.space { index += 1 }
            var line = bytes[index..<end]
            // A signature separator is never flowed (§4.3).
            let isSignature = line.elementsEqual([Byte.hyphen, Byte.hyphen, Byte.space])
            let isSoft = !isSignature && line.last == Byte.space
            if isSoft, delSp { line.removeLast() }
            if goesOn, !isSignature, let last = paragraphs.indices.last, paragraphs[last].quoteDepth == depth {
                paragraphs[last].text += line
                paragraphs[last].isFlowed = true
            } else {
                paragraphs.append(Paragraph(quoteDepth: depth, text: Array(line), isFlowed: false))
            }
            goesOn = isSoft
            start = lf + 1
        }
        return paragraphs
    }
}
