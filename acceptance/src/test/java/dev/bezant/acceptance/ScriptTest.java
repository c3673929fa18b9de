package dev.bezant.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script in a home of its own, on a machine that lacks something. */
class ScriptTest {
    @TempDir
    private Path home;

    @BeforeEach
    void a_home_with_sources_and_the_programs_every_system_has() throws IOException {
        Files.copy(Shell.HOME.resolve("bezant"), home.resolve("bezant"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String directory : new String[] {"bin", "jvm/25/bin", "server", "sandbox", "sdk"}) {
            Files.createDirectories(home.resolve(directory));
        }
        for (String program : new String[] {"dirname", "readlink", "cat", "grep", "find", "head", "mktemp", "rm", "touch", "awk", "date"}) {
            Path real = Files.exists(Path.of("/usr/bin", program)) ? Path.of("/usr/bin", program) : Path.of("/bin", program);
            if (Files.exists(real)) {
                program("bin/" + program, "exec " + real + " \"$@\"");
            }
        }
    }

    @Test
    void without_a_jdk_it_names_what_to_install() {
        Shell.Result result = bare().run("serve");
        assertThat(result.exitCode()).isEqualTo(10);
        assertThat(result.err()).contains("a JDK 25 is needed", "openjdk-25-jdk", "temurin-25-jdk");
    }

    @Test
    void a_jdk_of_another_release_is_not_taken() throws IOException {
        jdk("17.0.15");
        assertThat(bare().run("serve").exitCode()).isEqualTo(10);
    }

    @Test
    void without_maven_it_names_what_to_install() throws IOException {
        jdk("25.0.3");
        Shell.Result result = bare().run("serve");
        assertThat(result.exitCode()).isEqualTo(11);
        assertThat(result.err()).contains("Maven", "apt-get install maven");
    }

    @Test
    void a_build_that_fails_shows_the_compilers_words() throws IOException {
        jdk("25.0.3");
        program("bin/mvn", "echo 'Main.java:[3,1] illegal start of type'; exit 1");
        Shell.Result result = bare().run("serve");
        assertThat(result.exitCode()).isEqualTo(12);
        assertThat(result.err()).contains("Building", "illegal start of type", "the build failed");
    }

    @Test
    void it_builds_once_and_becomes_java_with_the_given_arguments() throws IOException {
        jdk("25.0.3");
        program("bin/mvn", "for m in server sandbox; do /bin/mkdir -p $m/target; : > $m/target/bezant-$m.jar; done");
        Path link = Files.createSymbolicLink(home.resolve("link"), Path.of("bezant"));
        Shell.Result first = bare().script(link).directory(Path.of("/")).run("serve", "--data", "a b");
        assertThat(first.err()).contains("Building");
        assertThat(first.out()).contains("-Dbezant.home=" + home.toAbsolutePath(), "bezant-server.jar", "[serve][--data][a b]");
        Shell.Result second = bare().run("sandbox", "--port", "1");
        assertThat(second.err()).doesNotContain("Building");
        assertThat(second.out()).contains("bezant-sandbox.jar").contains("[--port][1]");
    }

    @Test
    void the_closing_line_of_test_counts_the_reports_and_the_exit_code_is_mavens() throws IOException {
        jdk("25.0.3");
        program("bin/mvn", """
                /bin/mkdir -p server/target/surefire-reports sandbox/target/surefire-reports
                echo '<testsuite name="A" time="1.5" tests="5" errors="1" skipped="1" failures="0">' > server/target/surefire-reports/TEST-A.xml
                echo '<testsuite name="B" tests="2" errors="0" skipped="0" failures="1">' > sandbox/target/surefire-reports/TEST-B.xml
                exit 1
                """);
        Shell.Result result = bare().run("test");
        assertThat(result.out().lines().toList().getLast()).matches("4 passed, 2 failed, 1 skipped, in [0-9]+ s");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void the_quick_and_the_long_tests_are_chosen_by_options_of_maven() throws IOException {
        jdk("25.0.3");
        program("bin/mvn", "printf '[%s]' \"$@\"; echo");
        assertThat(bare().run("test", "--quick").out()).contains("[verify][-Dsurefire.excludesFile=" + home.toRealPath().resolve(".ci/not-quick") + "]");
        assertThat(bare().run("test", "--long").out()).contains("[verify][-Dbezant.long=true][-Dsurefire.excluded=]");
        assertThat(bare().run("test").out()).contains("[verify]\n");
    }

    @Test
    void whatever_the_quick_tests_leave_out_exists() throws IOException {
        List<Path> tests;
        try (var files = Files.walk(Shell.HOME)) {
            tests = files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
        assertThat(Files.readAllLines(Shell.HOME.resolve(".ci/not-quick")).stream().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allSatisfy(pattern -> {
                    var names = FileSystems.getDefault().getPathMatcher("glob:" + (pattern.endsWith("/**") ? pattern : pattern + "Test.java"));
                    assertThat(tests).as(pattern).anyMatch(names::matches);
                });
    }

    @Test
    void help_names_every_command_and_exit_code_and_no_command_is_a_mistake() {
        assertThat(bare().run("--help").out()).contains("serve", "sandbox", "test ", "--long", "--quick", "doctor", "10  no JDK 25");
        assertThat(bare().run().exitCode()).isEqualTo(2);
        assertThat(bare().run("test", "--short").exitCode()).isEqualTo(2);
    }

    /** Nothing on the path but what the test put there. */
    private Shell bare() {
        return new Shell().script(home.resolve("bezant")).directory(home).with("BEZANT_BUILD", "").with("JAVA_HOME", "/nowhere")
                .with("PATH", home.resolve("bin").toString()).with("BEZANT_JVM_DIRECTORY", home.resolve("jvm").toString());
    }

    private void jdk(String version) throws IOException {
        program("jvm/25/bin/javac", "");
        program("jvm/25/bin/java", "echo \"$@\"; while [ \"$1\" != -jar ]; do shift; done; shift 2; printf '[%s]' \"$@\"");
        Files.writeString(home.resolve("jvm/25/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private void program(String path, String content) throws IOException {
        Path file = Files.writeString(home.resolve(path), "#!/bin/sh\n" + content + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
