package dev.bezant.acceptance;

class WorldlineDirectRandomKillTest extends RandomKillSuite {
    WorldlineDirectRandomKillTest() {
        super("worldline-direct", 10);
    }
}
