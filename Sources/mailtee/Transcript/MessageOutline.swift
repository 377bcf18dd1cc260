import Message
import Wire

/// A message as a person reads it: its header decoded, the tree of its parts, its first text.
struct MessageOutline {
    let message: ReadMessage

    func print() {
        for field in message.fields {
            Output.line(Style.client(Picture.of(field.name)) + ": " + Picture.of(text: Self.unfolded(field.text)))
        }
        Output.line("")
        for part in message.parts { Output.line(tree(part)) }
        if message.partsBeyond > 0 { Output.line("… \(message.partsBeyond) parts more") }
        for defect in message.defects {
            let detail = defect.detail.isEmpty ? "" : ": " + Picture.of(defect.detail)
            let again = defect.count > 1 ? ", \(defect.count) times" : ""
            Output.line(Style.refusal("\(defect.kind.rawValue) at \(defect.range.lowerBound)\(again)\(detail)"))
        }
        guard let text = message.parts.lazy.compactMap(\.shown).first else { return }
        Output.line("")
        for line in Self.lines(text.text) { Output.line(Picture.of(text: String(line))) }
        if message.parts.first(where: \.isText)?.isTextCut == true { Output.line("…") }
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func unfolded(_ text: String) -> String { text.replacing("\t", with: " ") }

    private func tree(_ part: Part) -> String {
        var words = ["\(part.type)/\(part.subtype)"]
        if let name = part.filename { words[0] += " “\(name)”" }
        if part.isMultipart {
            words.append(Output.count(message.children(of: part.index).count, "part"))
        } else if !part.isMessage {
            if let charset = part.charset {
                words.append(charset)
            } else if let charset = part.shown?.charset {
                words.append("read as \(charset)")
            }
            words.append(part.transferEncoding.name)
            words.append("\(part.decodedOctets) octets")
        }
        if part.disposition?.kind == "attachment" { words.append("attachment") }
        if part.isTNEF { words.append("TNEF, Outlook's own wrapping") }
        return branch(part) + Picture.of(text: words.joined(separator: ", "))
    }

    /// What leads to a part: whether its parents have more children below.
    private func branch(_ part: Part) -> String {
        guard let parent = part.parent else { return "" }
        func isLast(_ index: Int) -> Bool {
            let siblings = message.parts[index].parent.map { message.children(of: $0) }
            return siblings?.last?.index == index
        }
        var text = isLast(part.index) ? "└ " : "├ "
        var above = parent
        while let next = message.parts[above].parent {
            text = (isLast(above) ? "  " : "│ ") + text
            above = next
        }
        return text
    }
}
