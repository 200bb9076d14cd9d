"""A ray caster: vectors with operators, spheres, light and mirrors."""

from __future__ import annotations

import sys
from math import sqrt


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x: float, y: float, z: float) -> None:
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other: Vector) -> Vector:
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other: Vector) -> Vector:
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor: float) -> Vector:
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def __neg__(self) -> Vector:
        return Vector(-self.x, -self.y, -self.z)

    def dot(self, other: Vector) -> float:
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self) -> Vector:
        return self * (1.0 / sqrt(self.dot(self)))


class Sphere:
    def __init__(self, center: Vector, radius: float, brightness: float, mirror: float) -> None:
        self.center = center
        self.radius = radius
        self.brightness = brightness
        self.mirror = mirror

    def hit(self, origin: Vector, direction: Vector) -> float | None:
        """How far along the ray the sphere is hit."""
        to_center = self.center - origin
        along = to_center.dot(direction)
        square = self.radius * self.radius - to_center.dot(to_center) + along * along
        if square < 0.0:
            return None
        distance = along - sqrt(square)
        return distance if distance > 1e-6 else None


class Scene:
    def __init__(self) -> None:
        self.light = Vector(5.0, 8.0, -6.0)
        self.spheres = [
            Sphere(Vector(0.0, 0.0, 4.0), 1.0, 0.9, 0.3),
            Sphere(Vector(1.5, 0.5, 3.0), 0.5, 0.7, 0.0),
            Sphere(Vector(-1.5, -0.3, 3.5), 0.7, 0.8, 0.5),
            Sphere(Vector(0.0, -101.0, 4.0), 100.0, 0.4, 0.1),
        ]

    def nearest(self, origin: Vector, direction: Vector) -> tuple[Sphere | None, float]:
        nearest, distance = None, 0.0
        for sphere in self.spheres:
            hit = sphere.hit(origin, direction)
            if hit is not None and (nearest is None or hit < distance):
                nearest, distance = sphere, hit
        return nearest, distance

    def brightness(self, origin: Vector, direction: Vector, depth: int) -> float:
        sphere, distance = self.nearest(origin, direction)
        if sphere is None:
            return 0.1
        point = origin + direction * distance
        normal = (point - sphere.center).unit()
        to_light = (self.light - point).unit()
        result = 0.05
        facing = normal.dot(to_light)
        if facing > 0.0 and self.nearest(point, to_light)[0] is None:
            result += sphere.brightness * facing
        if sphere.mirror > 0.0 and depth > 0:
            back = -direction
            mirrored = normal * (2.0 * normal.dot(back)) - back
            result += sphere.mirror * self.brightness(point, mirrored, depth - 1)
        return result

    def render(self, width: int, height: int) -> float:
        eye = Vector(0.0, 0.0, -1.0)
        total = 0.0
        for row in range(height):
            for column in range(width):
                direction = Vector((column - width / 2) / width, (height / 2 - row) / height, 1.0)
                total += self.brightness(eye, direction.unit(), 2)
        return total


def main(size: int) -> str:
    scene = Scene()
    total = 0.0
    for _ in range(size):
        image = scene.render(16, 12)
        assert abs(image - 52.809045384) < 1e-6
        total += image
    return f"ray_caster {total:.6f}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 400))
