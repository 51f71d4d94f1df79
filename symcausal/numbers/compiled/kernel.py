"""A compiled kernel that works through instructions on cells, for a few rows of data at once.

Each cell is a vector with one number for each of some rows, its *lanes*, which the processor handles
in a few registers; the memory for all cells is small enough for its caches. The kernel knows nothing
of the query: it is compiled once, and reads a list of instructions. Numba alone does not make vectors
of its loops over cells, so these are written down for LLVM by hand.

This module imports numba, and is imported by whoever found it worth its start-up of a second.

Main definitions
----------------
kernel : the kernel for so many rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

from symcausal.hints import Any
from symcausal.numbers.compiled.cells import CHECKED, GUARDED, LOAD, PRODUCTS, QUOTIENT, REST
from symcausal.numbers.compiled.checks import TOLERANCE
from symcausal.numbers.compiled.exact import ROUNDING

OUT_OF_RANGE, UNDEFINED = 1, 2

_WIDEST = 8  # numbers in a register
_FUSED = ("contract",)  # a product may be added without being rounded first
_I64, _I32, _I8, _F64 = ir.IntType(64), ir.IntType(32), ir.IntType(8), ir.DoubleType()

Emittable = Any  # llvmlite has no types of its own


class _Emitter:
    """Code for one instruction: its memory, its operands, and vectors in registers."""

    def __init__(
        self, builder: Any, lanes: int, memory: Emittable, sides: Sequence[Emittable]
    ) -> None:
        self.b = builder
        self.width = min(lanes, _WIDEST)
        self.registers = lanes // self.width
        self._lanes = lanes
        self._vector = ir.VectorType(_F64, self.width)
        self._memory = builder.inttoptr(memory, _F64.as_pointer())
        self._sides = [builder.inttoptr(side, _I32.as_pointer()) for side in sides]

    def filled(self, number: float) -> list[Emittable]:
        """The same number in every lane."""
        return [ir.Constant(self._vector, [number] * self.width)] * self.registers

    @property
    def true(self) -> list[Emittable]:
        """A mask that holds in every lane."""
        return [ir.Constant(ir.VectorType(ir.IntType(1), self.width), [1] * self.width)] * (
            self.registers
        )

    # -- memory ---------------------------------------------------------------------------------
    def operand(self, side: int, position: Emittable) -> list[Emittable]:
        """The vectors of the cell that is the left or right operand at some position."""
        pointer = self.b.gep(self._sides[side], [position])
        return self.read(self.b.zext(self.b.load(pointer), _I64))

    def read(self, slot: Emittable) -> list[Emittable]:
        """The vectors of a slot."""
        return [self._aligned(self.b.load(where)) for where in self._slot(slot)]

    def store(self, slot: Emittable, values: Sequence[Emittable]) -> None:
        """Fill a slot."""
        for where, value in zip(self._slot(slot), values, strict=True):
            self._aligned(self.b.store(value, where))

    def loaded(self, address: Emittable) -> list[Emittable]:
        """The numbers of some rows from somewhere else."""
        self._fetch_ahead(address)
        return [self._unaligned(self.b.load(where)) for where in self._elsewhere(address)]

    def repeated(self, address: Emittable) -> list[Emittable]:
        """One number from somewhere else, for all rows."""
        return self.spread(self.b.load(self.b.inttoptr(address, _F64.as_pointer())))

    def spread(self, number: Emittable) -> list[Emittable]:
        """A number in every lane."""
        nothing = ir.Constant(self._vector, [0.0] * self.width)
        first = self.b.insert_element(nothing, number, _I32(0))
        zeros = ir.Constant(ir.VectorType(_I32, self.width), [0] * self.width)
        return [self.b.shuffle_vector(first, nothing, zeros)] * self.registers

    def put(self, address: Emittable, values: Sequence[Emittable]) -> None:
        """Vectors to somewhere else."""
        for where, value in zip(self._elsewhere(address), values, strict=True):
            self._unaligned(self.b.store(value, where))

    def _slot(self, slot: Emittable) -> list[Emittable]:
        return self._vectors(self.b.gep(self._memory, [self.b.mul(slot, _I64(self._lanes))]))

    def _elsewhere(self, address: Emittable) -> list[Emittable]:
        return self._vectors(self.b.inttoptr(address, _F64.as_pointer()))

    def _vectors(self, first: Emittable) -> list[Emittable]:
        pointer = self.b.bitcast(first, self._vector.as_pointer())
        return [self.b.gep(pointer, [_I64(k)]) for k in range(self.registers)]

    def _aligned(self, access: Any) -> Any:
        access.align = self.width * 8
        return access

    @staticmethod
    def _unaligned(access: Any) -> Any:
        access.align = 1
        return access

    def _fetch_ahead(self, address: Emittable) -> None:
        """Ask for what the next rows need of an input: so many columns no processor foresees."""
        name, module, pointer = "llvm.prefetch.p0", self.b.module, _I8.as_pointer()
        function = module.globals.get(name) or ir.Function(
            module, ir.FunctionType(ir.VoidType(), [pointer, _I32, _I32, _I32]), name
        )
        for further in range(self._lanes * 8, 2 * self._lanes * 8, 64):
            ahead = self.b.inttoptr(self.b.add(address, _I64(further)), pointer)
            self.b.call(function, [ahead, _I32(0), _I32(3), _I32(1)])

    # -- computing ------------------------------------------------------------------------------
    def loop(
        self,
        start: Emittable,
        stop: Emittable,
        initial: Sequence[Emittable],
        step: Callable[[Emittable, list[Emittable]], list[Emittable]],
    ) -> list[Emittable]:
        """Go through positions, at least one, with some values in registers."""
        before = self.b.block
        body, after = (self.b.append_basic_block(name) for name in ("pairs", "done"))
        self.b.branch(body)
        self.b.position_at_end(body)
        position = self.b.phi(_I64)
        carried = [self.b.phi(value.type) for value in initial]
        position.add_incoming(start, before)
        for phi, value in zip(carried, initial, strict=True):
            phi.add_incoming(value, before)
        results = step(position, carried)
        following = self.b.add(position, _I64(1))
        position.add_incoming(following, body)
        for phi, value in zip(carried, results, strict=True):
            phi.add_incoming(value, body)
        self.b.cbranch(self.b.icmp_signed("<", following, stop), body, after)
        self.b.position_at_end(after)
        return results

    def each(
        self, operation: Callable[..., Emittable], *vectors: Sequence[Emittable]
    ) -> list[Emittable]:
        """The same operation for each register."""
        return [operation(*parts) for parts in zip(*vectors, strict=True)]

    def compared(
        self, sign: str, values: Sequence[Emittable], others: Sequence[Emittable]
    ) -> list[Emittable]:
        """Masks; false of nan."""
        return self.each(lambda x, y: self.b.fcmp_ordered(sign, x, y), values, others)

    def any_lane(self, masks: Sequence[Emittable], flag: int) -> Emittable:
        """The flag if a mask holds in any lane."""
        whole = masks[0]
        for mask in masks[1:]:
            whole = self.b.or_(whole, mask)
        bits = ir.IntType(self.width)
        found = self.b.icmp_unsigned("!=", self.b.bitcast(whole, bits), bits(0))
        return self.b.select(found, _I64(flag), _I64(0))

    def unless_all(self, masks: Sequence[Emittable], flag: int) -> Emittable:
        """The flag if a mask fails in any lane."""
        return self.any_lane(self.each(self.b.xor, masks, self.true), flag)


Emitted = Callable[[_Emitter, Emittable, Emittable, Emittable], Emittable]


def _products(e: _Emitter, start: Emittable, stop: Emittable, out: Emittable) -> Emittable:
    """The sum of the products of the pairs of operands."""

    def step(position: Emittable, sums: list[Emittable]) -> list[Emittable]:
        lefts, rights = e.operand(0, position), e.operand(1, position)
        products = e.each(lambda x, y: e.b.fmul(x, y, flags=_FUSED), lefts, rights)
        return e.each(lambda x, y: e.b.fadd(x, y, flags=_FUSED), sums, products)

    e.store(out, e.loop(start, stop, e.filled(0.0), step))
    return _I64(0)


def _rest(e: _Emitter, start: Emittable, stop: Emittable, out: Emittable) -> Emittable:
    """One minus the sum of the operands, none of which is below zero; zero up to rounding."""
    least = e.filled(-TOLERANCE)

    def step(position: Emittable, carried: list[Emittable]) -> list[Emittable]:
        values = e.operand(0, position)
        rests = e.each(e.b.fsub, carried[: e.registers], values)
        return rests + e.each(e.b.and_, carried[e.registers :], e.compared(">=", values, least))

    carried = e.loop(start, stop, e.filled(1.0) + e.true, step)
    rests, fine = carried[: e.registers], carried[e.registers :]
    states = e.b.sitofp(e.b.add(e.b.sub(stop, start), _I64(1)), _F64)
    slack = e.spread(e.b.fmul(states, _F64(ROUNDING)))
    below = e.compared("<", rests, slack)
    above = e.compared(">", rests, e.each(e.b.fsub, e.filled(0.0), slack))
    rests = e.each(e.b.select, e.each(e.b.and_, below, above), e.filled(0.0), rests)
    e.store(out, rests)
    return e.unless_all(e.each(e.b.and_, fine, e.compared(">=", rests, least)), OUT_OF_RANGE)


def _where_zero(
    e: _Emitter, values: list[Emittable], divisors: list[Emittable], out: Emittable
) -> Emittable:
    """Values, not defined where divisors are zero."""
    zero = e.compared("==", divisors, e.filled(0.0))
    e.store(out, e.each(e.b.select, zero, e.filled(float("nan")), values))
    return e.any_lane(zero, UNDEFINED)


def _quotient(e: _Emitter, start: Emittable, stop: Emittable, out: Emittable) -> Emittable:
    """Left by right."""
    tops, bottoms = e.operand(0, start), e.operand(1, start)
    return _where_zero(e, e.each(e.b.fdiv, tops, bottoms), bottoms, out)


def _guarded(e: _Emitter, start: Emittable, stop: Emittable, out: Emittable) -> Emittable:
    """Left where right is not zero."""
    return _where_zero(e, e.operand(0, start), e.operand(1, start), out)


def _loaded(e: _Emitter, address: Emittable, stop: Emittable, out: Emittable) -> Emittable:
    """Return the number that lies at an address."""
    e.store(out, e.loaded(address))
    return _I64(0)


def _repeated(e: _Emitter, address: Emittable, stop: Emittable, out: Emittable) -> Emittable:
    """The number at an address, for all rows."""
    e.store(out, e.repeated(address))
    return _I64(0)


def _fault(e: _Emitter, start: Emittable, stop: Emittable, slot: Emittable) -> Emittable:
    """Whether a slot is not between zero and one."""
    values = e.read(slot)
    low = e.compared(">=", values, e.filled(-TOLERANCE))
    high = e.compared("<=", values, e.filled(1 + TOLERANCE))
    return e.unless_all(e.each(e.b.and_, low, high), OUT_OF_RANGE)


def _put(e: _Emitter, address: Emittable, stop: Emittable, slot: Emittable) -> Emittable:
    """Write a slot to an address."""
    e.put(address, e.read(slot))
    return _I64(0)


def _instruction(emit: Emitted, lanes: int) -> Any:
    """What numba can call: memory, lefts, rights, where operands begin and end, a slot -> flags."""

    @intrinsic
    def instruction(
        _typing: Any, memory: Any, lefts: Any, rights: Any, start: Any, stop: Any, out: Any
    ) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Emittable:
            memory, lefts, rights = arguments[:3]
            return emit(_Emitter(builder, lanes, memory, (lefts, rights)), *arguments[3:])

        return types.int64(*(types.int64,) * 6), code

    return instruction


@cache
def kernel(lanes: int) -> Callable[..., int]:
    """Return the kernel for so many rows at once, compiled when it is first called.

    It works through a list of instructions for some rows, at least as many as it has lanes. Its
    parameters are

    memory : int
        The address of the slots, on a boundary of 64 bytes, with the constants in place.
    kinds, outs, starts, lefts, rights, answers : array of int
        As in :class:`~symcausal.numbers.compiled.cells.Instructions`.
    addresses, steps : array of int
        Where each input lies, and how many bytes a row takes there: 8, or 0 for one number.
    target, apart : int
        The address of the first answer, and how many bytes further the next one lies.
    rows : int
        How many rows there are.

    It returns flags: :data:`OUT_OF_RANGE` and :data:`UNDEFINED`.
    """
    products, rest, quotient, guarded, loaded, repeated, fault, put = (
        _instruction(emit, lanes)
        for emit in (_products, _rest, _quotient, _guarded, _loaded, _repeated, _fault, _put)
    )

    @njit(nogil=True)
    def run(
        memory: Any, kinds: Any, outs: Any, starts: Any, lefts: Any, rights: Any, addresses: Any,
        steps: Any, answers: Any, target: Any, apart: Any, rows: Any,
    ) -> Any:  # fmt: skip
        flags = 0
        left, right = lefts.ctypes.data, rights.ctypes.data
        row = 0
        while row < rows:
            if row + lanes > rows:  # the last ones overlap those before
                row = rows - lanes
            for i in range(len(outs)):
                kind, out, start, stop = kinds[i], int(outs[i]), starts[i], starts[i + 1]
                if kind == PRODUCTS:
                    products(memory, left, right, start, stop, out)
                elif kind in (LOAD, CHECKED):
                    step = steps[lefts[start]]
                    place = addresses[lefts[start]] + row * step
                    if step == 0:
                        repeated(memory, left, right, place, stop, out)
                    else:
                        loaded(memory, left, right, place, stop, out)
                    if kind == CHECKED:
                        flags |= fault(memory, left, right, start, stop, out)
                elif kind == REST:
                    flags |= rest(memory, left, right, start, stop, out)
                elif kind == QUOTIENT:
                    flags |= quotient(memory, left, right, start, stop, out)
                elif kind == GUARDED:
                    flags |= guarded(memory, left, right, start, stop, out)
            for k in range(len(answers)):
                put(memory, left, right, target + k * apart + row * 8, 0, answers[k])
            row += lanes
        return flags

    found: Callable[..., int] = run
    return found
