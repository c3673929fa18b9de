package dev.bezant.interop;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The vendor's SDK for Node.js, as published, takes the simulated Worldline Direct for the real one. */
class WorldlineDirectNodeTest {
    private static SandboxProcess sandbox;

    @BeforeAll
    static void start() {
        sandbox = SandboxProcess.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @TestFactory
    Stream<DynamicTest> the_vendors_client_works_unmodified() {
        return new NodeSuite("worldline-direct").tests(Map.of("BEZANT_SANDBOX_URL", sandbox.controlUrl()));
    }
}
