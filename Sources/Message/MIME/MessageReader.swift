import Wire

/// Reads the structure of a message while its bytes pass: header fields, MIME parts, what is wrong with them. Costs
/// what its bytes do, and memory no more than `MessageLimits` allow, whatever the message is.
///
/// Bytes come as on the wire, cut anywhere. They are split into lines; a line that begins with a hyphen is held until it
/// is clear whether it is the delimiter of a multipart; any other goes on in pieces, to the header that is being read or
/// to the decoder of the body. The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1), so that a line
/// end goes on only with the line behind it.
public struct MessageReader: Sendable {
    /// A place in the message.
    struct Position: Sendable {
        /// Bytes on the wire before it.
        var wire: UInt64 = 0
        /// Octets of the message before it: without the dots that stuff lines.
        var octets: UInt64 = 0
    }

    /// A multipart whose delimiters are looked for.
    struct Frame: Sendable {
        var part: Int
        var boundary: [UInt8]
        /// A delimiter was there.
        var isFound = false
    }

    /// Who takes the lines. The decoders stand beside it, since to move them in and out of it would cost more for each
    /// line than to decode the line.
    enum Mode: Sendable {
        case header
        /// The body of a part that holds no others.
        case plain, quotedPrintable, base64
        /// What stands before the first delimiter of a multipart, behind the last, or in parts beyond the limit.
        case between

        var isBody: Bool {
            switch self {
            case .plain, .quotedPrintable, .base64: true
            case .header, .between: false
            }
        }
    }

    /// What is known of the line that is being read.
    enum LineState {
        /// Nothing of it came yet, or no more than a dot that stuffs it.
        case fresh
        /// It begins with a hyphen and may be a delimiter.
        case held
        /// It goes on to whoever takes it.
        case passing
    }

    let dotStuffed: Bool
    let hasHeader: Bool
    var octets: MessageOctets
    var position = Position()

    // Lines.
    var isAtLineStart = true
    var lineState = LineState.fresh
    /// A piece ended with CR, which the next byte makes a line end or not.
    var holdsCR = false
    var lineStart = Position()
    /// Where the content of this line begins: behind a dot that stuffs it.
    var contentStart = Position()
    /// Where the content of the line before ended.
    var lastContentEnd = Position()
    var held: [UInt8] = []
    /// The line end that goes on with the next line: nil where there is none.
    var owedLineEnd: Bool?
    /// The bytes now given may have octets above 127, or NUL, so that it is worth looking for them.
    var isSuspicious = false

    // Structure.
    var mode = Mode.header
    var plain = KeptBytes(limit: 0)
    var quotedPrintable = QuotedPrintable(limit: 0)
    var base64 = Base64Body(limit: 0)
    var parts: [Part] = []
    var frames: [Frame] = []
    /// Parts whose end has not come, the innermost last.
    var open: [Int] = []
    /// Octets of the message before each open part's body.
    var bodyStarts: [UInt64] = []
    var header = HeaderReading()
    var kept = KeptBudget()
    var defects = DefectList()
    var fieldsBeyond: UInt64 = 0
    var partsBeyond: UInt64 = 0

    /// - Parameters:
    ///   - dotStuffed: lines that begin with a dot carry another one (DATA, RETR).
    ///   - hasHeader: false for a part of a message that begins in the body.
    public init(dotStuffed: Bool, hasHeader: Bool = true) {
        self.dotStuffed = dotStuffed
        self.hasHeader = hasHeader
        octets = MessageOctets(dotStuffed: dotStuffed)
        beginPart(parent: nil, at: Position())
        if !hasHeader { beginBody(headerEnd: 0, at: Position()) }
    }

    public mutating func received(_ bytes: Span<UInt8>) {
        let before = octets.eightBit.count &+ octets.nul.count
        octets.received(bytes)
        isSuspicious = octets.eightBit.count &+ octets.nul.count != before
        bytes.withUnsafeBufferPointer { read($0) }
    }

    /// - Parameter complete: false where the message was cut off, or is only a part of one (TOP, a section of FETCH).
    public mutating func finished(complete: Bool) -> ReadMessage {
        if holdsCR { passCR() }
        finishStructure(complete: complete)
        return ReadMessage(
            parts: parts, defects: defects.sorted, defectsBeyond: defects.beyond, octets: octets, isComplete: complete,
            hasHeader: hasHeader, fieldsBeyond: fieldsBeyond, partsBeyond: partsBeyond)
    }
}

// MARK: - Lines

extension MessageReader {
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        if holdsCR, let first = bytes.first {
            if first == Byte.lf {
                holdsCR = false
                endLine(isCRLF: true)
                index = 1
            } else {
                passCR()
            }
        }
        while index < bytes.count {
            if isAtLineStart {
                isAtLineStart = false
                lineState = .fresh
                lineStart = position
                if dotStuffed, bytes[index] == Byte.dot {
                    position.wire += 1
                    index += 1
                    contentStart = position
                    continue
                }
                contentStart = position
            }
            guard let lf = ByteScan.lineFeed(bytes, from: index) else {
                var end = bytes.count
                if bytes[end - 1] == Byte.cr {
                    holdsCR = true
                    end -= 1
                }
                if end > index { pass(UnsafeBufferPointer(rebasing: bytes[index..<end])) }
                return
            }
            let isCRLF = lf > index && bytes[lf - 1] == Byte.cr
            let end = isCRLF ? lf - 1 : lf
            if end > index { pass(UnsafeBufferPointer(rebasing: bytes[index..<end])) }
            endLine(isCRLF: isCRLF)
            index = lf + 1
        }
    }

    private mutating func passCR() {
        holdsCR = false
        withUnsafeBytes(of: Byte.cr) { pass($0.assumingMemoryBound(to: UInt8.self)) }
    }

    /// More of the line that is being read.
    private mutating func pass(_ bytes: UnsafeBufferPointer<UInt8>) {
        let offset = position.wire
        position.wire += UInt64(bytes.count)
        position.octets += UInt64(bytes.count)
        switch lineState {
        case .passing: take(bytes, at: offset)
        case .fresh where frames.isEmpty || bytes[0] != Byte.hyphen:
            lineState = .passing
            beginLine()
            take(bytes, at: offset)
        case .fresh, .held:
            lineState = .held
            let room = MessageLimits.delimiterLine - held.count
            held.append(contentsOf: bytes.prefix(room))
            if bytes.count > room {
                releaseHeld()
                take(UnsafeBufferPointer(rebasing: bytes[room...]), at: offset + UInt64(room))
            }
        }
    }

    private mutating func endLine(isCRLF: Bool) {
        let contentEnd = position
        position.wire += isCRLF ? 2 : 1
        position.octets += isCRLF ? 2 : 1
        isAtLineStart = true
        if lineState == .held {
            if let (frame, isClosing) = delimiter() {
                held.removeAll(keepingCapacity: true)
                delimiterFound(frame, isClosing: isClosing)
                lastContentEnd = contentEnd
                return
            }
            releaseHeld()
        } else if lineState == .fresh {
            beginLine()
        }
        takeLineEnd(isCRLF: isCRLF, contentEnd: contentEnd)
        lastContentEnd = contentEnd
    }

    /// What was held is no delimiter.
    mutating func releaseHeld() {
        let line = held
        held.removeAll(keepingCapacity: true)
        lineState = .passing
        beginLine()
        replay(line, at: contentStart.wire)
        held = line
        held.removeAll(keepingCapacity: true)
    }

    /// Gives bytes again that came before.
    mutating func replay(_ line: [UInt8], at offset: UInt64) {
        let wasSuspicious = isSuspicious
        isSuspicious = true
        line.withUnsafeBufferPointer { take($0, at: offset) }
        isSuspicious = wasSuspicious
    }

    // MARK: - Who takes them

    /// A line begins that is no delimiter.
    mutating func beginLine() {
        guard let isCRLF = owedLineEnd else { return }
        owedLineEnd = nil
        payLineEnd(isCRLF: isCRLF)
    }

    mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64) {
        if mode == .header { takeHeader(bytes, at: offset) } else { takeBody(bytes, at: offset) }
    }

    mutating func takeLineEnd(isCRLF: Bool, contentEnd: Position) {
        switch mode {
        case .header: takeHeaderLineEnd(isCRLF: isCRLF, contentEnd: contentEnd)
        case .plain, .quotedPrintable, .base64: owedLineEnd = isCRLF
        case .between: break
        }
    }

    // MARK: - Delimiters

    /// - Returns: the multipart that the line held is a delimiter of, and whether it closes it.
    private func delimiter() -> (frame: Int, isClosing: Bool)? {
        guard held.count > 2, held[1] == Byte.hyphen else { return nil }
        var end = held.count
        while end > 2, held[end - 1].isBlank { end -= 1 }
        for index in frames.indices.reversed() {
            let boundary = frames[index].boundary
            let rest = end - 2 - boundary.count
            guard rest == 0 || rest == 2 && held[end - 1] == Byte.hyphen && held[end - 2] == Byte.hyphen,
                held[2..<(2 + boundary.count)] == boundary[...]
            else { continue }
            return (index, rest == 2)
        }
        return nil
    }

    private mutating func delimiterFound(_ frame: Int, isClosing: Bool) {
        let multipart = frames[frame].part
        closeOpenParts(above: multipart, at: lastContentEnd, next: lineStart, complete: true)
        owedLineEnd = nil
        frames[frame].isFound = true
        mode = .between
        if isClosing {
            parts[multipart].isClosed = true
            frames.removeLast(frames.count - frame)
        } else if parts.count < MessageLimits.parts {
            beginPart(parent: multipart, at: position)
        } else {
            partsBeyond += 1
            defects.add(.tooManyParts, part: multipart, range: lineStart.wire..<position.wire, detail: [])
        }
    }

    private mutating func finishStructure(complete: Bool) {
        if lineState == .held, !isAtLineStart {
            if let (frame, isClosing) = delimiter() {
                held = []
                delimiterFound(frame, isClosing: isClosing)
            } else {
                releaseHeld()
            }
        }
        while mode == .header { finishHeader() }
        if let isCRLF = owedLineEnd {
            owedLineEnd = nil
            payLineEnd(isCRLF: isCRLF)
        }
        closeOpenParts(above: nil, at: position, next: position, complete: complete)
    }
}
