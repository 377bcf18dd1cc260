import Wire

// A line is a field, the continuation of one, or the empty line that ends the header. Any other line ends it as well, as
// it does for Postfix, Sendmail and Python, and is the first of the body; but where the line behind it is a field, it is
// more likely a broken one, and the header goes on.
extension MessageReader {
    /// The part whose header is being read.
    private var part: Int { open.last ?? 0 }

    /// Bytes of a line that are kept.
    private var lineLimit: Int { max(kept.bytes(for: part), MessageLimits.contentFieldBytes) }

    mutating func takeHeader(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64) {
        if header.lineLength == 0, header.doubtful != nil, bytes[0].isBlank {
            endHeaderAtDoubtful()
            beginLine()
            return take(bytes, at: offset)
        }
        // A line that is longer than this is no longer held if it is no field: whether it is one is looked at there.
        let mark = UInt64(MessageLimits.doubtfulLine) + 1
        if header.lineLength < mark, header.lineLength + UInt64(bytes.count) > mark {
            let first = Int(mark - header.lineLength)
            takeHeader(UnsafeBufferPointer(rebasing: bytes[..<first]), at: offset)
            return take(UnsafeBufferPointer(rebasing: bytes[first...]), at: offset + UInt64(first))
        }
        let room = lineLimit - header.line.count
        if room > 0 { header.line.append(contentsOf: bytes.prefix(room)) }
        header.lineLength += UInt64(bytes.count)
        inspect(bytes, at: offset)
        guard header.lineLength == mark, case .noField = header.kind(of: header.line[...]) else { return }
        if header.doubtful != nil {
            let line = takeLine()
            endHeaderAtDoubtful()
            beginLine()
            replay(line, at: contentStart.wire)
        } else {
            endHeader(at: lineThatGoesOn())
        }
    }

    /// What there is of the line that comes.
    private mutating func lineThatGoesOn() -> HeaderReading.Doubtful {
        let line = takeLine()
        let end = Position(
            wire: contentStart.wire + UInt64(line.count), octets: contentStart.octets + UInt64(line.count))
        return HeaderReading.Doubtful(
            line: line, start: lineStart, content: contentStart, contentEnd: end, end: end, isCRLF: nil,
            kind: .noEmptyLine)
    }

    /// Looks for what does not belong in a header.
    private mutating func inspect(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64) {
        var index = 0
        while true {
            index = ByteScan.text(bytes, from: index) { at, _ in
                if header.eightBit == nil { header.eightBit = offset + UInt64(at) }
            }
            guard index < bytes.count else { return }
            let here = offset + UInt64(index)
            if bytes[index] == 0 { header.nul.add(here) }
            if bytes[index] == Byte.escape, header.escape == nil { header.escape = here }
            index += 1
        }
    }

    mutating func takeHeaderLineEnd(isCRLF: Bool, contentEnd: Position) {
        let kind = header.kind(of: header.line.prefix(MessageLimits.doubtfulLine + 1))
        if header.doubtful != nil {
            guard case .field = kind else {
                // The body begins there, and this line belongs to it.
                let line = takeLine()
                endHeaderAtDoubtful()
                beginLine()
                if !line.isEmpty { replay(line, at: contentStart.wire) }
                takeLineEnd(isCRLF: isCRLF, contentEnd: contentEnd)
                return
            }
            settleDoubtful()
        }
        switch kind {
        case .empty:
            endField()
            beginBody(headerEnd: lineStart.wire, at: position)
        case .continuation:
            takeContinuation()
            clearLine()
        case .field(let colon, let nameEnd):
            endField()
            beginField(colon: colon, nameEnd: nameEnd)
            clearLine()
        case .mbox:
            defects.add(.mboxLine, part: part, range: lineStart.wire..<contentEnd.wire, detail: header.line)
            clearLine()
        case .noField(let kind):
            endField()
            header.doubtful = HeaderReading.Doubtful(
                line: header.line, start: lineStart, content: contentStart, contentEnd: contentEnd, end: position,
                isCRLF: isCRLF, kind: kind)
            clearLine()
            // A delimiter of nobody's is no field that broke.
            if header.doubtful?.line.starts(with: [Byte.hyphen, Byte.hyphen]) ?? false { endHeaderAtDoubtful() }
        }
    }

    private mutating func clearLine() {
        if let first = header.nul.first {
            defects.add(.nul, part: part, range: first..<(first + 1), count: header.nul.count, detail: [])
            header.nul = MessageOctets.Found()
        }
        header.line.removeAll(keepingCapacity: header.line.capacity <= 4096)
        header.lineLength = 0
        header.eightBit = nil
        header.escape = nil
        header.isFirstLine = false
    }

    /// What there is of the line that comes, which then has not come.
    private mutating func takeLine() -> [UInt8] {
        let line = header.line
        header.line = []
        header.lineLength = 0
        header.eightBit = nil
        header.escape = nil
        header.nul = MessageOctets.Found()
        return line
    }

    // MARK: - Fields

    private mutating func beginField(colon: Int, nameEnd: Int) {
        let name = Array(header.line[..<nameEnd])
        if nameEnd < colon {
            let blanks = contentStart.wire + UInt64(nameEnd)
            defects.add(.blankBeforeColon, part: part, range: blanks..<(blanks + UInt64(colon - nameEnd)), detail: name)
        }
        let start = contentStart.wire
        header.field = HeaderReading.OpenField(
            name: name, value: Array(header.line[(colon + 1)...]), start: start, end: position.wire,
            bytesBeyond: header.lineLength - UInt64(header.line.count),
            lines: [HeaderField.LineStart(index: 0, offset: start + UInt64(colon + 1))], eightBit: header.eightBit,
            escape: header.escape)
    }

    private mutating func takeContinuation() {
        guard var field = header.field else {
            defects.add(.continuationFirst, part: part, range: lineStart.wire..<position.wire, detail: header.line)
            return
        }
        header.field = nil
        if header.lineLength == UInt64(header.line.count), header.line.allSatisfy(\.isBlank) {
            defects.add(.blankContinuation, part: part, range: lineStart.wire..<position.wire, detail: field.name)
        }
        let room = lineLimit - field.value.count - field.lines.count * 2
        let taken = min(max(0, room), header.line.count)
        if taken > 0 {
            field.lines.append(HeaderField.LineStart(index: field.value.count, offset: contentStart.wire))
            field.value += header.line.prefix(taken)
        }
        field.bytesBeyond += header.lineLength - UInt64(taken)
        field.lineCount += 1
        field.end = position.wire
        if field.eightBit == nil { field.eightBit = header.eightBit }
        if field.escape == nil { field.escape = header.escape }
        header.field = field
    }

    private mutating func endField() {
        guard let open = header.field else { return }
        header.field = nil
        if let first = open.eightBit {
            defects.add(.eightBitHeader, part: part, range: first..<(first + 1), detail: open.name)
        }
        if let first = open.escape {
            defects.add(.escapeInHeader, part: part, range: first..<(first + 1), detail: open.name)
        }
        var field = HeaderField(
            name: open.name, value: open.value, range: open.start..<open.end, lineCount: open.lineCount,
            bytesBeyond: open.bytesBeyond, lines: open.lines)
        read(field)
        let room = kept.bytes(for: part) - field.name.count
        let isKept = kept.fields(for: part) > 0 && room > 0
        if isKept {
            if field.value.count > room {
                field.bytesBeyond += UInt64(field.value.count - room)
                field.value.removeLast(field.value.count - room)
            }
            kept.take(field.name.count + field.value.count + field.lines.count * 2, for: part)
            parts[part].fields.append(field)
        } else {
            fieldsBeyond += 1
        }
        if !isKept || field.bytesBeyond > 0 {
            defects.add(.headerBeyondLimit, part: part, range: field.range, detail: field.name)
        }
    }

    // MARK: - MIME fields

    private mutating func read(_ field: HeaderField) {
        guard field.name.count > 8, field.name[7] == Byte.hyphen else { return }
        if field.isNamed("CONTENT-TYPE") {
            guard isFirst(\.hasType, field) else { return }
            let type = ContentType(field.value)
            parts[part].contentType = type
            parts[part].type = type.type
            parts[part].subtype = type.subtype
            tell(type.oddities, of: field)
        } else if field.isNamed("CONTENT-TRANSFER-ENCODING") {
            guard isFirst(\.hasEncoding, field) else { return }
            let encoding = TransferEncoding(field.value)
            parts[part].transferEncoding = encoding
            if !TransferEncoding.isWord(field.value) {
                defects.add(.unknownEncoding, part: part, range: field.range, detail: Array(field.body))
            }
        } else if field.isNamed("CONTENT-DISPOSITION") {
            guard isFirst(\.hasDisposition, field) else { return }
            let disposition = ContentDisposition(field.value)
            parts[part].disposition = disposition
            tell(disposition.oddities, of: field)
        }
    }

    private mutating func isFirst(_ seen: WritableKeyPath<HeaderReading, Bool>, _ field: HeaderField) -> Bool {
        if header[keyPath: seen] {
            defects.add(.repeatedMIMEField, part: part, range: field.range, detail: field.name)
            return false
        }
        header[keyPath: seen] = true
        return true
    }

    private mutating func tell(_ oddities: [Oddity<ParameterOddity>], of field: HeaderField) {
        for oddity in oddities {
            let kind: MessageDefect.Kind
            switch oddity.kind {
            case .gap: kind = .parameterGap
            case .withoutCharset: kind = .parameterWithoutCharset
            case .encodedWord: kind = .encodedWordInParameter
            case .noType: kind = field.isNamed("CONTENT-TYPE") ? .contentTypeSyntax : .parameterSyntax
            case .noValue, .unquotedSpecial, .unclosedQuote, .textBehindValue, .repeated, .badPercent:
                kind = .parameterSyntax
            // The header tells of eight-bit bytes; the others harm nobody.
            case .eightBit, .blankAroundEquals, .emptyParameter, .tooMany: continue
            }
            let range = oddity.range.clamped(to: 0..<field.value.count)
            defects.add(kind, part: part, range: field.place(of: range), detail: Array(field.value[range]))
        }
    }

    // MARK: - The end of the header

    /// A line that is no field was one that broke: the header goes on.
    private mutating func settleDoubtful() {
        guard let doubtful = header.doubtful else { return }
        header.doubtful = nil
        defects.add(
            doubtful.kind, part: part, range: doubtful.start.wire..<doubtful.contentEnd.wire, detail: doubtful.line)
    }

    /// The body begins with the line before this one.
    private mutating func endHeaderAtDoubtful() {
        guard let doubtful = header.doubtful else { return }
        header.doubtful = nil
        endHeader(at: doubtful)
    }

    /// The body begins with a line that came as one of the header: it is given again, as it came.
    private mutating func endHeader(at line: HeaderReading.Doubtful) {
        endField()
        defects.add(
            .noEmptyLine, part: part, range: line.start.wire..<line.contentEnd.wire, detail: line.line)
        let now = (lineStart, contentStart, position)
        (lineStart, contentStart, position) = (line.start, line.content, line.end)
        beginBody(headerEnd: line.start.wire, at: line.start)
        replay(line.line, at: line.content.wire)
        if let isCRLF = line.isCRLF { takeLineEnd(isCRLF: isCRLF, contentEnd: line.contentEnd) }
        (lineStart, contentStart, position) = now
    }

    /// The message ends, or the part, before its header did.
    mutating func finishHeader() {
        if header.lineLength > 0 {
            let kind = header.kind(of: header.line.prefix(MessageLimits.doubtfulLine + 1))
            if case .noField = kind {
                let last = lineThatGoesOn()
                guard header.doubtful != nil else { return endHeader(at: last) }
                endHeaderAtDoubtful()
                beginLine()
                return replay(last.line, at: contentStart.wire)
            }
            // As if its line end had come.
            takeHeaderLineEnd(isCRLF: true, contentEnd: position)
        }
        if header.doubtful != nil { return endHeaderAtDoubtful() }
        endField()
        beginBody(headerEnd: position.wire, at: position)
    }
}
