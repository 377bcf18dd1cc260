/// What the machine of lines keeps at most. Longer things are followed all the same, and counted.
public enum LinesLimits {
    /// Bytes of a line that are kept to be shown, and in which the words before a secret are looked for.
    public static let line = 4_096
    /// The same in IRC: 8,191 bytes of tags (IRCv3 message tags), 512 of a message (RFC 2812 §2.3), and as many again
    /// for a client that keeps to neither.
    public static let lineWithTags = 9_216
    /// Bytes of a step that may announce a literal, `{` and `}` included: no number of 64 bits is longer.
    static let announcement = 24
}
