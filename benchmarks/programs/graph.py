"""Graph algorithms over dicts of dicts: shortest paths and strong components of a road map."""

import sys

Roads = dict[str, dict[str, int]]


def make_graph(towns: int, seed: int) -> tuple[list[str], Roads]:
    names = [f"town{i}" for i in range(1, towns + 1)]
    roads: Roads = {name: {} for name in names}
    for i, name in enumerate(names):
        for _ in range(3):
            seed = seed * 16807 % 2147483647
            span = seed % 9 - 2
            other = names[(i + span) % towns]
            if other != name:
                roads[name][other] = 1 + seed % 17
    return names, roads


def shortest_paths(names: list[str], roads: Roads, start: str) -> dict[str, int]:
    distance = {start: 0}
    done = set()
    while True:
        nearest = None
        for name in names:
            reached = distance.get(name)
            if reached is not None and name not in done and (nearest is None or reached < distance[nearest]):
                nearest = name
        if nearest is None:
            return distance
        done.add(nearest)
        for other, length in roads[nearest].items():
            through = distance[nearest] + length
            if other not in distance or through < distance[other]:
                distance[other] = through


def reverse(names: list[str], roads: Roads) -> Roads:
    result: Roads = {name: {} for name in names}
    for name, neighbours in roads.items():
        for other, length in neighbours.items():
            result[other][name] = length
    return result


def finishing_order(names: list[str], roads: Roads) -> list[str]:
    seen = set()
    order = []

    def visit(name: str) -> None:
        seen.add(name)
        for other in roads[name]:
            if other not in seen:
                visit(other)
        order.append(name)

    for name in names:
        if name not in seen:
            visit(name)
    return order


def components(names: list[str], roads: Roads) -> tuple[dict[str, int], int]:
    order, back = finishing_order(names, roads), reverse(names, roads)
    component: dict[str, int] = {}
    count = 0
    for root in reversed(order):
        if root not in component:
            count += 1
            stack = [root]
            component[root] = count
            while stack:
                name = stack.pop()
                for other in back[name]:
                    if other not in component:
                        component[other] = count
                        stack.append(other)
    return component, count


def check(roads: Roads, distance: dict[str, int], start: str) -> None:
    assert distance[start] == 0
    for name, reached in distance.items():
        for other, length in roads[name].items():
            assert distance[other] <= reached + length


def main(size: int) -> str:
    total = 0
    for number in range(1, size + 1):
        names, roads = make_graph(50, number)
        start = names[0]
        distance = shortest_paths(names, roads, start)
        check(roads, distance, start)
        for name in names:
            total += distance.get(name, 0)
        component, count = components(names, roads)
        assert start in component and count >= 1
        total += 1000 * count
    return f"graph {total}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000))
