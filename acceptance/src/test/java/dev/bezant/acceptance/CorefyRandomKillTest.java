package dev.bezant.acceptance;

class CorefyRandomKillTest extends RandomKillSuite {
    CorefyRandomKillTest() {
        super("corefy", 10);
    }
}
