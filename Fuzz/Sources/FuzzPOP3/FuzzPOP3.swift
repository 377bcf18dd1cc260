import Fuzzing

@main enum FuzzPOP3 {
    static func main() {
        let machine = MachineCheck(.pop3)
        fuzz(machine.check, show: machine.show)
    }
}
