package dev.bezant.server.ops;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vault}. */
@Command(name = "vault", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Looks after the keys that card numbers and provider credentials are encrypted with.")
final class VaultCommand {
    private final Composition.Factory factory;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    VaultCommand(Composition.Factory factory) {
        this.factory = factory;
    }

    @Command(name = "rotate", mixinStandardHelpOptions = true, description = {
        "Makes a new key and encrypts everything under it, while payments go on.",
        "If it is interrupted, calling it again finishes it."
    })
    int rotate(@Mixin Common common) {
        PrintWriter out = spec.commandLine().getOut();
        try (Workspace workspace = Workspace.open(common)) {
            var bar = new ProgressBar(out, "Encrypting anew");
            factory.compose(workspace.platform()).rotateVault(bar::at).forEach(out::println);
            out.flush();
        }
        return ExitCode.OK.number();
    }
}
