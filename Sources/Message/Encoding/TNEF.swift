/// The Transport-Neutral Encapsulation Format: Outlook's own wrapping of a message, `application/ms-tnef`, which other
/// readers show as an attachment `winmail.dat`.
public enum TNEF {
    /// 0x223E9F78, the lowest byte first (MS-OXTNEF §2.1.3.1).
    private static let signature: [UInt8] = [0x78, 0x9F, 0x3E, 0x22]

    /// - Parameter bytes: the decoded beginning of a part.
    public static func isSignature(_ bytes: some Sequence<UInt8>) -> Bool { bytes.starts(with: signature) }
}
