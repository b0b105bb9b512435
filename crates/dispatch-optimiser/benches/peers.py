#!/usr/bin/env python3
"""One problem solved by one peer: peers.py ortools|vroom|pyvrp|vrpcli PROBLEM SECONDS. Prints the routes as JSON, job numbers by
engineer, or a line that begins with "#" and says why there is no answer. `search.rs` calls it, completes and checks the routes.
Peers get what they can say: VROOM, PyVRP and vrp-cli know no price of lateness, so a due time that can still be kept is a hard end of
the window there. OR-Tools says all of it. PyVRP knows no breaks. vrp-cli is a program: that of AFTERCARE_BENCH_VRP_CLI, or of the path."""
import datetime
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

END = 24 * 3600
KEEP_S = 45 * 60  # a due time nearer than this can't be kept by everybody: no window end for those who can't be late


def read(path):
    """Both kinds of problem in one shape: places, travel, vehicles, jobs."""
    text = open(path, encoding="utf-8").read()
    return field_service(json.loads(text)) if text.lstrip().startswith("{") else routing(text)


def field_service(raw):
    points = raw["locations"]
    if raw["travel"]["kind"] == "matrix":
        travel = raw["travel"]["seconds"]
    else:
        scale = raw["travel"]["detour"] / raw["travel"]["metres_per_second"]
        travel = [[int(math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) * scale + 0.5) for b in points] for a in points]
    now = raw["now"]
    parts = sorted({p for j in raw["jobs"] for p in j.get("parts", {})})
    vehicles = []
    for e in raw["engineers"]:
        leaves = max(e["shift"][0], now)
        breaks = [(max(b["window"][0], leaves), b["window"][1], b["duration"]) for b in e.get("breaks", []) if b["window"][1] > leaves]
        tags = set(e["skills"]) | {"in " + t for t in e["territories"]}
        vehicles.append({"start": e["start"], "end": e["end"], "from": leaves, "to": e["shift"][1], "tags": tags, "breaks": breaks,
                         "load": [e.get("stock", {}).get(p, 0) for p in parts]})
    jobs = []
    for j in raw["jobs"]:
        opens, closes = (j.get("windows") or [[now, END]])[0]
        tags = set(j["skills"]) | ({"in " + j["territory"]} if j.get("territory") else set())
        jobs.append({"place": j["location"], "takes": j["duration"], "open": max(opens, now, j.get("release", 0)), "close": closes, "tags": tags,
                     "due": j.get("due"), "late": j.get("late_weight", 0), "price": j["unserved_cost"],
                     "load": [j.get("parts", {}).get(p, 0) for p in parts]})
    return {"places": points, "travel": travel, "vehicles": vehicles, "jobs": jobs, "now": now, "must": False}


def routing(text):
    lines = [line.split() for line in text.splitlines() if line.strip()]
    head = next(n for n, line in enumerate(lines) if line[0].upper() == "NUMBER")
    count, load = int(lines[head + 1][0]), int(lines[head + 1][1])
    rows = [[float(word) for word in line] for line in lines[head + 2:] if len(line) == 7 and line[0].isdigit()]
    points = [(row[1], row[2]) for row in rows]
    travel = [[int(10 * math.hypot(a[0] - b[0], a[1] - b[1]) + 1e-9) for b in points] for a in points]
    opens, closes = int(rows[0][4] * 10), int(rows[0][5] * 10)
    vehicle = {"start": 0, "end": 0, "from": opens, "to": closes, "tags": set(), "breaks": [], "load": [load]}
    jobs = [{"place": n, "takes": int(row[6] * 10), "open": int(row[4] * 10), "close": int(row[5] * 10), "tags": set(), "due": None, "late": 0,
             "price": 10 ** 8, "load": [int(row[3])]} for n, row in enumerate(rows) if n]
    return {"places": points, "travel": travel, "vehicles": [vehicle] * count, "jobs": jobs, "now": 0, "must": True}


def hard_close(problem, job):
    due = job["due"]
    return min(job["close"], due) if due is not None and due >= problem["now"] + KEEP_S else job["close"]


def ortools(problem, seconds):
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2
    jobs, vehicles, travel = problem["jobs"], problem["vehicles"], problem["travel"]
    n, m = len(jobs), len(vehicles)
    place = [j["place"] for j in jobs] + [v["start"] for v in vehicles] + [v["end"] for v in vehicles]
    takes = [j["takes"] for j in jobs] + [0] * (2 * m)
    index = pywrapcp.RoutingIndexManager(n + 2 * m, m, list(range(n, n + m)), list(range(n + m, n + 2 * m)))
    model = pywrapcp.RoutingModel(index)
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix([[travel[a][b] for b in place] for a in place]))
    far = max(max(v["to"] for v in vehicles), END)
    time = model.RegisterTransitMatrix([[travel[a][b] + takes[k] for b in place] for k, a in enumerate(place)])
    model.AddDimension(time, far, far, False, "time")
    clock = model.GetDimensionOrDie("time")
    for k, job in enumerate(jobs):
        at = index.NodeToIndex(k)
        clock.CumulVar(at).SetRange(job["open"], min(job["close"], far))
        if job["due"] is not None:
            clock.SetCumulVarSoftUpperBound(at, max(0, job["due"]), job["late"])
        if not problem["must"]:
            model.AddDisjunction([at], job["price"])
        able = [v for v in range(m) if job["tags"] <= vehicles[v]["tags"]]
        if len(able) < m:
            model.VehicleVar(at).SetValues([-1] + able)
    for v, vehicle in enumerate(vehicles):
        leaves = clock.CumulVar(model.Start(v))
        leaves.SetRange(vehicle["from"], vehicle["from"] if not problem["must"] else vehicle["to"])
        clock.CumulVar(model.End(v)).SetRange(0, vehicle["to"])
        if vehicle["breaks"]:
            pauses = [model.solver().FixedDurationIntervalVar(a, b, d, False, f"{v}.{k}") for k, (a, b, d) in enumerate(vehicle["breaks"])]
            clock.SetBreakIntervalsOfVehicle(pauses, v, takes)
    for part in range(len(jobs[0]["load"])):
        load = model.RegisterUnaryTransitVector([j["load"][part] for j in jobs] + [0] * (2 * m))
        model.AddDimensionWithVehicleCapacity(load, 0, [v["load"][part] for v in vehicles], True, f"part {part}")
    words = pywrapcp.DefaultRoutingSearchParameters()
    words.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    words.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    words.time_limit.FromMilliseconds(int(seconds * 1000))
    answer = model.SolveWithParameters(words)
    if answer is None:
        return None
    routes = []
    for v in range(m):
        at, route = answer.Value(model.NextVar(model.Start(v))), []
        while not model.IsEnd(at):
            route.append(index.IndexToNode(at))
            at = answer.Value(model.NextVar(at))
        routes.append(route)
    return routes


def vroom(problem, seconds):
    import numpy
    import vroom as peer
    number = {tag: n for n, tag in enumerate(sorted(set().union(*(v["tags"] for v in problem["vehicles"]), *(j["tags"] for j in problem["jobs"]))))}
    model = peer.Input()
    model.set_durations_matrix("car", numpy.array(problem["travel"], dtype=numpy.uint32))
    for v, vehicle in enumerate(problem["vehicles"]):
        breaks = [peer.Break(k + 1, [peer.TimeWindow(a, b)], d) for k, (a, b, d) in enumerate(vehicle["breaks"])]
        model.add_vehicle(peer.Vehicle(v + 1, start=vehicle["start"], end=vehicle["end"], capacity=vehicle["load"], breaks=breaks,
                                       skills={number[t] for t in vehicle["tags"]}, time_window=peer.TimeWindow(vehicle["from"], vehicle["to"])))
    top = max(j["price"] for j in problem["jobs"])
    for k, job in enumerate(problem["jobs"]):
        window = peer.TimeWindow(job["open"], max(job["open"], hard_close(problem, job)))
        model.add_job(peer.Job(k + 1, location=job["place"], default_service=job["takes"], delivery=job["load"], time_windows=[window],
                               skills={number[t] for t in job["tags"]}, priority=max(1, 100 * job["price"] // top)))
    answer = model.solve(exploration_level=5, nb_threads=1, timeout=datetime.timedelta(seconds=seconds))
    routes = [[] for _ in problem["vehicles"]]
    for vehicle, kind, job in zip(answer.routes["vehicle_id"], answer.routes["type"], answer.routes["id"]):
        if kind == "job":
            routes[int(vehicle) - 1].append(int(job) - 1)
    return routes


def pyvrp(problem, seconds):
    import numpy
    import pyvrp as peer
    jobs, vehicles = problem["jobs"], problem["vehicles"]
    if any(v["breaks"] for v in vehicles):
        raise ValueError("it knows no breaks")
    kinds = sorted({tuple(sorted(v["tags"])) for v in vehicles})
    if len(kinds) * len(problem["travel"]) ** 2 * 16 > 2 ** 31:
        raise ValueError("one matrix for each set of skills and territories would take more than 2 GiB")
    depots = sorted({v["start"] for v in vehicles} | {v["end"] for v in vehicles})
    if problem["must"]:
        types = [peer.VehicleType(len(vehicles), vehicles[0]["load"], 0, 0, tw_early=vehicles[0]["from"], tw_late=vehicles[0]["to"])]
    else:
        types = [peer.VehicleType(1, v["load"], depots.index(v["start"]), depots.index(v["end"]), tw_early=v["from"], tw_late=v["to"],
                                  profile=kinds.index(tuple(sorted(v["tags"])))) for v in vehicles]
    clients = [peer.Client(j["place"], delivery=j["load"], service_duration=j["takes"], tw_early=j["open"], tw_late=max(j["open"], hard_close(problem, j)),
                           prize=0 if problem["must"] else j["price"], required=problem["must"]) for j in jobs]
    matrices = []
    for kind in kinds:
        matrix = numpy.array(problem["travel"], dtype=numpy.int64)
        for job in jobs:
            if not job["tags"] <= set(kind):
                matrix[job["place"], :] = matrix[:, job["place"]] = 5_000_000
        numpy.fill_diagonal(matrix, 0)
        matrices.append(matrix)
    data = peer.ProblemData([peer.Location(x, y) for x, y in problem["places"]], clients, [peer.Depot(d) for d in depots], types, matrices, matrices)
    best = peer.solve(data, stop=peer.stop.MaxRuntime(seconds), seed=1, collect_stats=False).best
    if not best.is_feasible():
        return None
    routes = [[] for _ in vehicles]
    for n, route in enumerate(best.routes()):
        routes[n if problem["must"] else route.vehicle_type()] = [stop.idx for stop in route if stop.is_client()]
    return routes


def vrpcli(problem, seconds):
    program = shutil.which(os.environ.get("AFTERCARE_BENCH_VRP_CLI", "vrp-cli"))
    if program is None:
        raise ImportError("vrp-cli")

    def clock(s):
        return datetime.datetime.fromtimestamp(s, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def job(k, j):
        closes = max(j["open"], hard_close(problem, j))
        task = {"places": [{"location": {"index": j["place"]}, "duration": j["takes"], "times": [[clock(j["open"]), clock(closes)]]}]}
        carried = any(j["load"])
        said = {"id": str(k), "deliveries" if carried else "services": [{**task, "demand": j["load"]} if carried else task]}
        if j["tags"]:
            said["skills"] = {"allOf": sorted(j["tags"])}
        return said if problem["must"] else {**said, "value": j["price"] / 1000}

    def vehicle(v, e):
        # Field service leaves when the day begins; on VRPTW waiting at the depot is free.
        leaves = {"earliest": clock(e["from"]), "location": {"index": e["start"]}}
        if not problem["must"]:
            leaves["latest"] = leaves["earliest"]
        day = {"start": leaves, "end": {"latest": clock(e["to"]), "location": {"index": e["end"]}}}
        if e["breaks"]:
            day["breaks"] = [{"time": [clock(a), clock(b)], "places": [{"duration": d}]} for a, b, d in e["breaks"]]
        return {"typeId": str(v), "vehicleIds": [str(v)], "profile": {"matrix": "car"}, "costs": {"fixed": 0, "distance": 1, "time": 0},
                "shifts": [day], "capacity": e["load"] or [0], "skills": sorted(e["tags"])}

    aims = ([] if problem["must"] else ["maximize-value"]) + ["minimize-unassigned", "minimize-cost"]
    model = {"plan": {"jobs": [job(k, j) for k, j in enumerate(problem["jobs"])]},
             "fleet": {"vehicles": [vehicle(v, e) for v, e in enumerate(problem["vehicles"])], "profiles": [{"name": "car"}]},
             "objectives": [{"type": aim} for aim in aims]}
    ways = [s for row in problem["travel"] for s in row]
    with tempfile.TemporaryDirectory() as folder:
        asked, matrix, answer = (pathlib.Path(folder, name) for name in ("asked.json", "matrix.json", "answer.json"))
        asked.write_text(json.dumps(model), encoding="utf-8")
        matrix.write_text(json.dumps({"profile": "car", "travelTimes": ways, "distances": ways}), encoding="utf-8")
        ran = subprocess.run([program, "solve", "pragmatic", asked, "-m", matrix, "-o", answer, "--parallelism", "1,1", "--max-time", str(max(1, int(seconds)))],
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if not answer.exists():
            raise ValueError("it ended without an answer: " + " ".join(ran.stderr.split())[-200:])
        tours = json.loads(answer.read_text(encoding="utf-8"))["tours"]
    routes = [[] for _ in problem["vehicles"]]
    for tour in tours:
        done = (a for stop in tour["stops"] for a in stop["activities"])
        routes[int(tour["vehicleId"])] = [int(a["jobId"]) for a in done if a["type"] in ("delivery", "service")]
    return routes


def main():
    name, path, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    try:
        routes = {"ortools": ortools, "vroom": vroom, "pyvrp": pyvrp, "vrpcli": vrpcli}[name](read(path), seconds)
    except ImportError:
        print("# not installed")
    except ValueError as why:
        print(f"# {why}")
    else:
        print("# no answer in time" if routes is None else json.dumps(routes))


main()
