"""How people call the relations between notes, in several languages.

A label that ends with `*` stands for every label that begins so: `related *` is also
"Related concepts". A configuration adds to these and overrides them.
"""

from __future__ import annotations


def _listed(text: str) -> tuple[str, ...]:
    return tuple(label.strip() for label in text.replace("\n", ",").split(",") if label.strip())


PARENTS = _listed("""
    parent, parents, parent concept, parent concepts, parent note, parent notes, parent page
    parent topic, parent topics, up, upstream, broader, broader concept, broader concepts
    broader note, broader notes, broader page, broader topic, broader topics, part of
    belongs to, subclass of, is a, is a kind of, sub-technique of, 부모, 부모 개념, 부모 노트
    부모 문서, 부모 주제, 부모 항목, 상위, 상위 개념, 상위 노트, 상위 문서, 상위 주제
    상위 항목, 상위개념, 父, 父级, 父級, 父节点, 父概念, 上级, 上級, 上位, 上位概念, 上层概念
    親, 親ノート, 親ページ, 親概念, eltern, oberbegriff, oberbegriffe, übergeordnet, parent(s)
    notion parente, padre, padres, concepto superior, родитель, родители
""")
CHILDREN = _listed("""
    child, children, child concept, child concepts, child note, child notes, child page
    child topic, child topics, down, downstream, narrower, narrower concept, narrower concepts
    narrower note, narrower notes, narrower page, narrower topic, narrower topics, subtopics
    자식, 자식 개념, 자식 노트, 자식 문서, 자식 주제, 자식 항목, 하위, 하위 개념, 하위 노트
    하위 문서, 하위 주제, 하위 항목, 하위개념, 子, 子级, 子級, 子节点, 子概念, 下级, 下級, 下位
    下位概念, 下层概念, 子ノート, 子ページ, kinder, unterbegriff, unterbegriffe, untergeordnet
    enfants, hijos, дети
""")
VARIANTS = _listed("""
    variant, variants, variation, variations, 변형, 변형 개념, 변형들, 변종, 변이, 变体, 變體
    变种, 變種, 变形, 變形, 派生, バリエーション, 変種, variante, varianten, variantes
    варианты
""")
APPLICATIONS = _listed("""
    application, applications, applied in, applied to, used in, used by, 응용, 응용 사례
    응용 분야, 적용, 적용 사례, 적용 분야, 적용 프로젝트, 활용, 활용 사례, 활용 예, 활용 분야
    应用, 應用, 应用场景, 応用, 適用, anwendung, anwendungen, aplicación, aplicaciones
    применения
""")
USES = _listed("""
    uses, made with, built on, depends on, requires, prerequisite, prerequisites, 사용, 의존
    선수 지식, 선행 지식, 선행 개념, 전제, 使用, 依赖, 依賴, 前置, 前置知识, 前置知識, 先修
    利用, 依存, 前提, verwendet, voraussetzungen, utilise, prérequis, usa, requisitos
""")
ADJACENT = _listed("""
    adjacent, adjacent *, neighbour, neighbours, neighbor, neighbors, sibling, siblings, same
    인접, 인접 *, 이웃, 이웃 *, 형제, 相邻, 相鄰, 邻近, 鄰近, 邻接, 隣接, 同级, 同級, 兄弟
    nachbarn, benachbart, voisins, vecinos, соседи
""")
RELATED = _listed("""
    related, related *, see also, relates to, conceptual links, 관련, 관련 *, 연관, 연관 *
    함께 보기, 같이 보기, 相关, 相关 *, 相關, 相关概念, 相关笔记, 相关主题, 相關概念, 相關筆記
    参见, 參見, 関連, 関連ノート, 関連ページ, 関連項目, verwandt, verwandte *, siehe auch
    voir aussi, véase también, relacionado, relacionados, liés, связанные, см. также
""")
NEXT = _listed("""
    next, next note, 다음, 다음 글, 下一篇, 下一个, 次, nächste, suivant, siguiente
""")
PREVIOUS = _listed("""
    prev, previous, previous note, 이전, 이전 글, 上一篇, 上一个, 前, vorherige, précédent
    anterior
""")
# A section of this name holds a note's relations; headings elsewhere then name none.
GRAPH_SECTIONS = _listed("""
    graph, concept graph, knowledge graph, 그래프, 개념 그래프, 지식 그래프, 图谱, 知识图谱
    概念图谱, 圖譜, 知識圖譜, グラフ, 知識グラフ
""")
