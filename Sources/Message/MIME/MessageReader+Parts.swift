import Wire

extension MessageReader {
    mutating func beginPart(parent: Int?, at start: Position) {
        var part = Part(
            index: parts.count, parent: parent, depth: parent.map { parts[$0].depth + 1 } ?? 0,
            header: start.wire..<start.wire, body: start.wire..<start.wire)
        if let parent, parts[parent].isMultipart, parts[parent].subtype == "digest" {
            part.type = "message"
            part.subtype = "rfc822"
        }
        open.append(parts.count)
        bodyStarts.append(start.octets)
        parts.append(part)
        header = HeaderReading()
        mode = .header
    }

    /// The header of the innermost part is over: what is its body?
    mutating func beginBody(headerEnd: UInt64, at start: Position) {
        guard let index = open.last else { return }
        let from = parts[index].header.lowerBound
        parts[index].header = from..<max(from, headerEnd)
        parts[index].body = start.wire..<start.wire
        bodyStarts[bodyStarts.count - 1] = start.octets
        let part = parts[index]
        if part.transferEncoding.isEncoded,
            part.isMultipart || part.type == "message" && !part.subtype.hasPrefix("global")
        {
            tell(.encodedComposite, part, "CONTENT-TRANSFER-ENCODING")
        }
        if part.isMultipart, beginMultipart(part) { return }
        if part.isMessage, !part.transferEncoding.isEncoded, isRoomInside(part) {
            beginPart(parent: index, at: start)
            return
        }
        let limit = part.isText ? min(MessageLimits.textPartBytes, kept.textBytes) : MessageLimits.startBytes
        switch part.transferEncoding {
        case .quotedPrintable where !part.isMultipart:
            mode = .quotedPrintable
            quotedPrintable = QuotedPrintable(limit: limit)
        case .base64 where !part.isMultipart:
            mode = .base64
            base64 = Base64Body(limit: limit)
        default:
            mode = .plain
            plain = KeptBytes(limit: limit)
        }
    }

    private mutating func isRoomInside(_ part: Part) -> Bool {
        if part.depth + 1 > MessageLimits.depth {
            tell(.tooDeep, part, "CONTENT-TYPE")
            return false
        }
        if part.isMessage, parts.count >= MessageLimits.parts {
            partsBeyond += 1
            tell(.tooManyParts, part, "CONTENT-TYPE")
            return false
        }
        return true
    }

    /// - Returns: false where its parts cannot be told apart.
    private mutating func beginMultipart(_ part: Part) -> Bool {
        guard let parameter = part.contentType?.parameter("boundary"), !parameter.value.isEmpty else {
            tell(.boundaryMissing, part, "CONTENT-TYPE")
            return false
        }
        let boundary = parameter.value
        parts[part.index].boundary = boundary
        if boundary.count > 70 { tell(.boundaryTooLong, part, "CONTENT-TYPE", boundary) }
        if !boundary.allSatisfy(\.isBoundaryText) || boundary.last == Byte.space {
            tell(.boundaryBadByte, part, "CONTENT-TYPE", boundary)
        }
        if !parameter.isQuoted, !parameter.isExtended, !boundary.allSatisfy({ $0.isTokenText || $0 >= 0x80 }) {
            tell(.boundaryUnquoted, part, "CONTENT-TYPE", boundary)
        }
        guard boundary.count <= MessageLimits.boundary, isRoomInside(part) else { return false }
        // Blanks at the end of a delimiter are padding of the way.
        var bare = boundary
        while let last = bare.last, last.isBlank { bare.removeLast() }
        guard !bare.isEmpty else { return false }
        frames.append(Frame(part: part.index, boundary: bare))
        mode = .between
        return true
    }

    private mutating func tell(
        _ kind: MessageDefect.Kind, _ part: Part, _ name: StaticString, _ detail: [UInt8]? = nil
    ) {
        let field = part.field(name)
        defects.add(
            kind, part: part.index, range: field?.range ?? part.header,
            detail: detail ?? field.map { Array($0.body) } ?? [])
    }

    // MARK: - Bodies

    mutating func takeBody(_ bytes: UnsafeBufferPointer<UInt8>, at offset: UInt64) {
        if isSuspicious, let index = open.last {
            var (eightBit, nul) = (parts[index].eightBit, parts[index].nul)
            ByteScan.count(bytes, at: offset, eightBit: &eightBit, nul: &nul)
            (parts[index].eightBit, parts[index].nul) = (eightBit, nul)
        }
        switch mode {
        case .plain: plain.append(bytes)
        case .quotedPrintable: quotedPrintable.content(bytes, at: offset)
        case .base64: base64.content(bytes, at: offset)
        case .header, .between: break
        }
    }

    mutating func payLineEnd(isCRLF: Bool) {
        switch mode {
        case .plain: plain.appendLineEnd(isCRLF: isCRLF)
        case .quotedPrintable: quotedPrintable.lineEnd(isCRLF: isCRLF)
        case .base64: base64.lineEnd(isCRLF: isCRLF)
        case .header, .between: break
        }
    }

    /// The body is over.
    /// - Parameter complete: false where it was cut off, so that what is missing at its end is no fault.
    private mutating func finishBody(complete: Bool) -> (KeptBytes, [EncodingFaults.Fault]) {
        defer {
            mode = .between
            plain = KeptBytes(limit: 0)
            quotedPrintable = QuotedPrintable(limit: 0)
            base64 = Base64Body(limit: 0)
        }
        switch mode {
        case .quotedPrintable:
            let before = quotedPrintable.faults
            quotedPrintable.finish()
            return (quotedPrintable.output, (complete ? quotedPrintable.faults : before).list)
        case .base64:
            let before = base64.faults
            base64.finish()
            return (base64.output, (complete ? base64.faults : before).list)
        case .plain, .header, .between: return (plain, [])
        }
    }

    /// Closes all parts within `outer`, or all.
    /// - Parameters:
    ///   - end: of the innermost bodies.
    ///   - next: where the line begins that ends them.
    mutating func closeOpenParts(above outer: Int?, at end: Position, next: Position, complete: Bool) {
        while mode == .header { finishHeader(at: next) }
        var end = end
        while let index = open.last, index != outer {
            open.removeLast()
            let bodyStart = bodyStarts.removeLast()
            let from = parts[index].body.lowerBound
            parts[index].body = from..<max(from, end.wire)
            // The line end behind a header belongs to it, though a delimiter may follow and claim it too.
            end = Position(wire: max(end.wire, from), octets: max(end.octets, bodyStart))
            parts[index].octets = end.octets - bodyStart
            closeBody(of: index, complete: complete)
            guard let frame = frames.last, frame.part == index else { continue }
            frames.removeLast()
            if complete {
                let place = next.wire..<next.wire
                defects.add(
                    frame.isFound ? .boundaryNotClosed : .boundaryAbsent, part: index, range: place,
                    detail: frame.boundary)
            }
        }
    }

    private mutating func finishHeader(at next: Position) {
        let now = position
        position = next
        finishHeader()
        position = now
        // A line that was taken for one of the header may have been the first of the body.
        if mode.isBody { owedLineEnd = nil }
    }

    /// The decoder that is at work is that of the innermost part.
    private mutating func closeBody(of index: Int, complete: Bool) {
        if let first = parts[index].nul.first {
            defects.add(.nul, part: index, range: first..<(first + 1), count: parts[index].nul.count, detail: [])
        }
        guard mode.isBody else {
            parts[index].decodedOctets = parts[index].octets
            return
        }
        let (content, faults) = finishBody(complete: complete)
        parts[index].decodedOctets = content.total
        if parts[index].isText {
            parts[index].text = content.bytes
            kept.textBytes = max(0, kept.textBytes - content.bytes.count)
        } else {
            parts[index].start = content.bytes
        }
        for fault in faults { tell(fault, index) }
        let part = parts[index]
        guard hasHeader || index > 0, let first = part.eightBit.first else { return }
        if part.transferEncoding == .absent || part.transferEncoding == .sevenBit {
            defects.add(
                .eightBitUnlabelled, part: index, range: first..<(first + 1), count: part.eightBit.count, detail: [])
        }
    }

    private mutating func tell(_ fault: EncodingFaults.Fault, _ index: Int) {
        let kind: MessageDefect.Kind
        switch (fault.kind, parts[index].transferEncoding) {
        case (.escape, _): kind = .quotedPrintableEscape
        case (.lowerCase, _): kind = .quotedPrintableLowerCase
        case (.trailingBlank, _): kind = .quotedPrintableTrailingBlank
        case (.rawByte, _): kind = .quotedPrintableRawByte
        case (.longLine, .base64): kind = .base64LongLine
        case (.longLine, _): kind = .quotedPrintableLongLine
        case (.foreignByte, _): kind = .base64ForeignByte
        case (.padInside, _): kind = .base64PadInside
        case (.length, _): kind = .base64Length
        }
        let detail = fault.byte.map { [$0] } ?? []
        defects.add(kind, part: index, range: fault.first..<(fault.first + 1), count: fault.count, detail: detail)
    }
}

extension UInt8 {
    /// A boundary is made of these (RFC 2046 §5.1.1).
    var isBoundaryText: Bool {
        if isLetter || isDigit { return true }
        switch self {
        case 0x20, 0x27...0x29, 0x2B...0x2F, 0x3A, 0x3D, 0x3F, 0x5F: return true
        default: return false
        }
    }
}
