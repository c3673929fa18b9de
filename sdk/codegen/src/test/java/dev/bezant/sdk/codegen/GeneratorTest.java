package dev.bezant.sdk.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bezant.sdk.json.JacksonMarshaller;
import dev.bezant.sdk.model.Model;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTest {
    @TempDir
    Path folder;

    private Path sources;

    @BeforeEach
    void generate() throws IOException {
        sources = folder.resolve("sources");
        Generator.generate(resource("parcels.json"), sources);
    }

    @Test
    void the_sources_are_exactly_these() throws IOException {
        for (String name : List.of("Parcel", "Size", "Empty")) {
            assertThat(Files.readString(source(name))).as(name).isEqualTo(Files.readString(resource(name + ".java.txt")));
        }
        assertThat(names()).containsExactly("Empty.java", "Parcel.java", "Size.java");
    }

    @Test
    void what_is_written_compiles_without_a_warning_and_works() throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        Path classes = Files.createDirectory(folder.resolve("classes"));
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var options = List.of("--release", "17", "-Xlint:all,-options,-path,-processing,-serial", "-Werror", "-d", classes.toString(),
                    "-cp", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                    messages, files, null, options, null, files.getJavaFileObjects(source("Parcel"), source("Size"), source("Empty"))).call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<? extends Model> type = loader.loadClass("com.example.parcels.Parcel").asSubclass(Model.class);
            String json = "{\"weight\":31,\"URL\":\"u\",\"size\":\"9x9\",\"inside\":[{\"codes\":[1]}],\"new\":true}";
            Model parcel = JacksonMarshaller.plain().unmarshal(json.getBytes(StandardCharsets.UTF_8), type);
            assertThat(new String(JacksonMarshaller.plain().marshal(parcel), StandardCharsets.UTF_8)).isEqualTo(json);
            assertThat(parcel.violations().toString()).contains("weight", "inside[0].URL");
            assertThat(type.getMethod("size").invoke(parcel).toString()).isEqualTo("Optional[NINE_BY_NINE]");
        }
    }

    @Test
    void a_second_run_touches_nothing_and_removes_what_is_no_longer_described() throws IOException {
        var longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(source("Parcel"), longAgo);
        Files.writeString(source("Size"), "changed");
        Files.writeString(source("Forgotten"), "class Forgotten {}");
        Generator.generate(resource("parcels.json"), sources);
        assertThat(Files.getLastModifiedTime(source("Parcel"))).isEqualTo(longAgo);
        assertThat(Files.readString(source("Size"))).startsWith("// Generated");
        assertThat(names()).doesNotContain("Forgotten.java");
    }

    @Test
    void all_mistakes_of_a_description_are_reported_at_once() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.json"), """
                {"package": "p", "tyops": {},
                 "enums": {"Word": {"doc": "d", "words": {"1": "", "a": "", "A": ""}}},
                 "objects": {
                   "lower": {"doc": "d"}, "Optional": {"doc": "d"},
                   "Parcel": {"fields": {
                     "a": "strnig", "class": "string", "URL": "string", "words": "Word[]", "x": {"type": "int", "mni": 1},
                     "y": {"type": "string", "java": "x"}, "builder": "int", "z": {"type": "string", "pattern": "a"}}}}}""");
        assertThatThrownBy(() -> Generator.generate(wrong, sources)).isInstanceOf(DescriptionException.class).hasMessageContainingAll(
                "wrong.json: 'tyops' is not known here", "wrong.json: source is missing", "Word.1 cannot be named 1", "Word.A cannot be named A",
                "'lower' cannot be the name of a class", "'Optional' cannot be the name of a class", "Parcel: doc is missing",
                "Parcel.a has the type 'strnig', which is not known", "Parcel.class cannot be named 'class'", "Parcel.URL cannot be named 'URL'",
                "Parcel.words is a list of an enum", "Parcel.x: 'mni' is not known here", "Parcel.y has the same name in Java as another field: x",
                "Parcel.builder cannot be named 'builder'", "Parcel.z: expected is missing");
        assertThat(names()).contains("Parcel.java");
    }

    @Test
    void a_description_that_is_not_json_or_says_a_thing_twice_is_refused_with_its_line() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\n\"package\": \"p\",\n\"package\": \"q\"}");
        assertThatThrownBy(() -> Generator.generate(broken, sources)).isInstanceOf(DescriptionException.class).hasMessageContaining("line 3");
    }

    private Path source(String name) {
        return sources.resolve("com/example/parcels/" + name + ".java");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(source("x").resolveSibling(""))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(GeneratorTest.class.getResource(name), name).toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
