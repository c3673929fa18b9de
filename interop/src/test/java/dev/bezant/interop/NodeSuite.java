package dev.bezant.interop;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Test scripts for Node.js in a folder under {@code src/test/node}, with the packages of its {@code package-lock.json}: installed under
 * {@code target}, run file by file, each test of a file being one here. Without node or npm it fails and says what to install.
 *
 * @param name of the folder
 */
record NodeSuite(String name) {
    private static final String INSTALL = "Run: apt-get update && apt-get install -y nodejs npm (version 20 or later)";
    private static final long PATIENCE_MINUTES = 5;
    /** A test of a file in the Test Anything Protocol; those within another are indented and count with it. */
    private static final Pattern RESULT = Pattern.compile("(?m)^(not ok|ok) \\d+ - (.*?)(?: # (?:SKIP|TODO).*)?$");
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^(?:not ok|ok) \\d+ - .* # (SKIP|TODO)");

    /** Runs every {@code *.test.mjs}. */
    Stream<DynamicTest> tests(Map<String, String> environment) {
        var folder = install();
        return files(folder).stream().flatMap(file -> tests(folder, file, environment));
    }

    private Stream<DynamicTest> tests(Path folder, String file, Map<String, String> environment) {
        var run = run(folder, environment, List.of("node", "--test-reporter=tap", file));
        var tests = new ArrayList<DynamicTest>();
        RESULT.matcher(run.printed()).results().forEach(result -> tests.add(dynamicTest(file + ": " + result.group(2), () -> {
            if (!result.group(1).equals("ok")) {
                throw new AssertionError(run.printed());
            }
        })));
        tests.add(dynamicTest(file + " ended well, with nothing left out", () -> {
            if (run.exitCode() != 0 || tests.size() < 2 || LEFT_OUT.matcher(run.printed()).find()) {
                throw new AssertionError("exit code " + run.exitCode() + "\n" + run.printed());
            }
        }));
        return tests.stream();
    }

    /** Only what the lock file names, and only if that has changed since. */
    private Path install() {
        var source = SandboxProcess.HOME.resolve("interop/src/test/node").resolve(name);
        var folder = SandboxProcess.HOME.resolve("interop/target/node").resolve(name);
        try {
            Files.createDirectories(folder);
            var installed = folder.resolve("node_modules/.installed-lock");
            var lock = Files.readString(source.resolve("package-lock.json"));
            try (Stream<Path> files = Files.list(source)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (!Files.exists(installed) || !Files.readString(installed).equals(lock)) {
                var run = run(folder, Map.of(), List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
                if (run.exitCode() != 0) {
                    throw new AssertionError("npm ci failed in " + folder + ":\n" + run.printed());
                }
                Files.writeString(installed, lock);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".test.mjs")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Run(int exitCode, String printed) {}

    private static Run run(Path folder, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var out = Files.createTempFile(folder, "run", ".out");
            builder.redirectOutput(out.toFile());
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new AssertionError("There is no " + command.getFirst() + ". " + INSTALL, e);
            }
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " did not end: " + Files.readString(out));
            }
            var printed = Files.readString(out);
            Files.delete(out);
            return new Run(process.exitValue(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
