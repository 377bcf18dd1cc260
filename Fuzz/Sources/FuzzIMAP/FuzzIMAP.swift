import Fuzzing

/// Any conversation, and one that the same bytes choose in which both peers keep to the RFC.
@main enum FuzzIMAP {
    static func main() {
        let machine = MachineCheck(.imap)
        fuzz { input throws(Violation) in
            try machine.check(input)
            let dialogue = Dialogue(input)
            try dialogue.check()
            try machine.check(dialogue.script)
        } show: { input in
            machine.show(input) + "\n\n# or, by the RFC:\n" + Dialogue(input).script.text(.imap)
        }
    }
}
