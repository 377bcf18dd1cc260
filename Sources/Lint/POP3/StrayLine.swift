/// What a line of the server's that answers nothing stands behind, which tells what it comes of.
enum StrayLine {
    case greeting
    case refusal
    case message
    case answer

    /// - Returns: nil while nothing was answered.
    static func cause(_ pop3: POP3SoFar) -> StrayLine? {
        pop3.told.map { told in
            if told.verb.isEmpty { return .greeting }
            if told.code == "-ERR" { return .refusal }
            return told.verb == "RETR" || told.verb == "TOP" ? .message : .answer
        }
    }
}
