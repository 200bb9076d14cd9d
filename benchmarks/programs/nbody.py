"""The outer planets around the sun: float fields of objects. The size is the number of steps."""

import sys
from math import pi, sqrt

SOLAR_MASS = 4 * pi * pi
DAYS = 365.24


class Body:
    def __init__(self, x: float, y: float, z: float, vx: float, vy: float, vz: float, mass: float) -> None:
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx * DAYS, vy * DAYS, vz * DAYS
        self.mass = mass * SOLAR_MASS

    def kinetic_energy(self) -> float:
        return 0.5 * self.mass * (self.vx * self.vx + self.vy * self.vy + self.vz * self.vz)

    def distance(self, other: "Body") -> float:
        dx, dy, dz = self.x - other.x, self.y - other.y, self.z - other.z
        return sqrt(dx * dx + dy * dy + dz * dz)


def make_bodies() -> list[Body]:
    sun = Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    bodies = [
        sun,
        Body(
            4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
            0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023,
            0.000954791938424326609,
        ),
        Body(
            8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
            -0.00276742510726411385, 0.00499852801234917238, 0.0000230417297573763929,
            0.000285885980666130812,
        ),
        Body(
            12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
            0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556,
            0.0000436624404335156298,
        ),
        Body(
            15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
            0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870,
            0.0000515138902046611451,
        ),
    ]  # fmt: skip
    px = py = pz = 0.0
    for body in bodies:
        px += body.vx * body.mass
        py += body.vy * body.mass
        pz += body.vz * body.mass
    sun.vx, sun.vy, sun.vz = -px / SOLAR_MASS, -py / SOLAR_MASS, -pz / SOLAR_MASS
    return bodies


def energy(bodies: list[Body]) -> float:
    total = 0.0
    for i, body in enumerate(bodies):
        total += body.kinetic_energy()
        for other in bodies[i + 1 :]:
            total -= body.mass * other.mass / body.distance(other)
    return total


def advance(bodies: list[Body], step: float) -> None:
    for i, a in enumerate(bodies):
        for b in bodies[i + 1 :]:
            dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
            square = dx * dx + dy * dy + dz * dz
            pull = step / (square * sqrt(square))
            of_a, of_b = a.mass * pull, b.mass * pull
            a.vx -= dx * of_b
            a.vy -= dy * of_b
            a.vz -= dz * of_b
            b.vx += dx * of_a
            b.vy += dy * of_a
            b.vz += dz * of_a
    for body in bodies:
        body.x += step * body.vx
        body.y += step * body.vy
        body.z += step * body.vz


def main(size: int) -> str:
    bodies = make_bodies()
    before = energy(bodies)
    assert f"{before:.9f}" == "-0.169075164"
    for _ in range(size):
        advance(bodies, 0.01)
    after = energy(bodies)
    assert abs(after - before) < 1e-4
    return f"nbody {after:.9f}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 150000))
