package dev.bezant.acceptance;

class WorldlineAcquiringRandomKillTest extends RandomKillSuite {
    WorldlineAcquiringRandomKillTest() {
        super("worldline-acquiring", 10);
    }
}
