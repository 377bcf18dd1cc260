import Fuzzing

@main enum FuzzPlain {
    static func main() {
        let machine = MachineCheck(.plain)
        fuzz(machine.check, show: machine.show)
    }
}
