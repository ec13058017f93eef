#include "ui/files/FileListView.h"

#include "ui/files/EscapeWatch.h"
#include "ui/files/FileListModel.h"
#include "ui/files/NameDelegate.h"
#include "ui/files/PaneColumns.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/EmptyFocus.h"

#include <QApplication>
#include <QCursor>
#include <QDrag>
#include <QDropEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace ui {
namespace {

QPixmap dragImage(const QIcon &icon, const QString &text, const QWidget &widget)
{
    const QFontMetrics metrics = widget.fontMetrics();
    const QString label
        = metrics.elidedText(text, Qt::ElideMiddle, metrics.averageCharWidth() * 32);
    const int side = widget.style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, &widget);
    const int space = metrics.averageCharWidth();
    const QSize size(side + metrics.horizontalAdvance(label) + 3 * space,
                     std::max(side, metrics.height()) + space);
    QPixmap image(size * widget.devicePixelRatioF());
    image.setDevicePixelRatio(widget.devicePixelRatioF());
    image.fill(widget.palette().color(QPalette::Highlight));
    QPainter painter(&image);
    icon.paint(&painter, QRect(space, (size.height() - side) / 2, side, side), Qt::AlignCenter,
               QIcon::Selected);
    painter.setFont(widget.font());
    painter.setPen(widget.palette().color(QPalette::HighlightedText));
    painter.drawText(QRect(QPoint(side + 2 * space, 0), size), Qt::AlignVCenter, label);
    return image;
}

// As bright as `color`, so that it suits the same text and icons; farther from the text if that
// could not be read (WCAG 2.2, criterion 1.4.3).
QColor grayFor(const QColor &color, const QColor &text)
{
    constexpr double leastContrast = 4.5;
    constexpr int most = 255;
    const bool isTextLight = Theme::contrast(text, Qt::black) > Theme::contrast(text, Qt::white);
    int gray = qGray(color.rgb());
    while (gray > 0 && gray < most
           && Theme::contrast(QColor(gray, gray, gray), text) < leastContrast) {
        gray += isTextLight ? -1 : 1;
    }
    return {gray, gray, gray};
}

bool isStep(int key)
{
    switch (key) {
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    default:
        return false;
    }
}

} // namespace

FileListView::FileListView(FileListModel &model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
    , m_columns(nullptr)
{
    setModel(&model);
    setItemDelegateForColumn(FileListModel::Name, new NameDelegate(this));
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setUniformRowHeights(true); // without it each of 100,000 rows would be measured
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setSortingEnabled(false);
    setTextElideMode(Qt::ElideMiddle);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setDragEnabled(true);
    setAcceptDrops(true);
    new EmptyFocus(*this);
    setDropIndicatorShown(false); // this one's line means "between two rows"; see paintEvent()
    m_columns = new PaneColumns(*this, model);
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (!m_onlySelects) {
            emit opened(index);
        }
    });
    // Once the field has closed.
    connect(
        &model, &FileListModel::renameRefused, this,
        [this](const QByteArray &name, EditProblem, const QString &typed) {
            renameAgain(name, typed);
        },
        Qt::QueuedConnection);
}

void FileListView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void FileListView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    m_columns->fit();
}

QList<int> FileListView::selectedRowNumbers() const
{
    QList<int> rows;
    // By ranges of whole rows: an index for each of 100,000 cells would take its time.
    for (const QItemSelectionRange &range : selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.append(row);
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

void FileListView::restore(const QSet<QByteArray> &names, const QByteArray &current, int otherwise)
{
    using Selection = QItemSelectionModel;
    QItemSelection selection;
    const int lastColumn = FileListModel::columns - 1;
    for (int row = 0; !names.isEmpty() && row < m_model.rowCount(); ++row) {
        if (names.contains(m_model.entry(row).name)) {
            selection.select(m_model.index(row, 0), m_model.index(row, lastColumn));
        }
    }
    selectionModel()->select(selection, Selection::ClearAndSelect);
    const int row = current.isEmpty() ? -1 : m_model.rowOf(current);
    const int last = std::max(0, m_model.rowCount() - 1);
    const QModelIndex index
        = m_model.index(row >= 0 ? row : std::clamp(otherwise, 0, last), FileListModel::Name);
    selectionModel()->setCurrentIndex(index, Selection::NoUpdate);
    if (row >= 0) {
        scrollTo(index);
    }
}

void FileListView::setDimmed(bool isDimmed)
{
    if (m_isDimmed != isDimmed) {
        m_isDimmed = isDimmed;
        viewport()->update();
    }
}

// Many palettes have one color for what is selected, whether that can be acted on or not.
void FileListView::initViewItemOption(QStyleOptionViewItem *option) const
{
    QTreeView::initViewItemOption(option);
    if (!m_isDimmed) {
        return;
    }
    const QColor text = palette().color(QPalette::Active, QPalette::HighlightedText);
    const QColor gray = grayFor(palette().color(QPalette::Active, QPalette::Highlight), text);
    for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
        option->palette.setColor(group, QPalette::Highlight, gray);
        option->palette.setColor(group, QPalette::HighlightedText, text);
    }
}

void FileListView::startRename()
{
    const QModelIndex current = currentIndex();
    if (current.isValid()) {
        edit(current.siblingAtColumn(FileListModel::Name));
    }
}

// Unless the user has gone on to something else.
void FileListView::renameAgain(const QByteArray &name, const QString &typed)
{
    const int row = m_model.rowOf(name);
    if (row < 0 || !hasFocus() || currentIndex().row() != row) {
        return;
    }
    startRename();
    if (auto *field = qobject_cast<QLineEdit *>(
            indexWidget(currentIndex().siblingAtColumn(FileListModel::Name)))) {
        field->setText(typed);
    }
}

void FileListView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    QTreeView::closeEditor(editor, hint);
    emit renameEnded();
}

void FileListView::keyboardSearch(const QString &search)
{
    // The search goes through the column of the current cell.
    if (currentIndex().column() > FileListModel::Name) {
        selectionModel()->setCurrentIndex(currentIndex().siblingAtColumn(FileListModel::Name),
                                          QItemSelectionModel::NoUpdate);
    }
    QTreeView::keyboardSearch(search);
}

QAction *FileListView::actionOf(const QKeyEvent &key) const
{
    const QKeySequence keys(
        QKeyCombination(key.modifiers() & ~Qt::KeypadModifier, key.keyCombination().key()));
    const QList<QAction *> own = actions();
    const auto found = std::ranges::find_if(own, [&keys](const QAction *action) {
        return action->isEnabled() && action->shortcuts().contains(keys);
    });
    return found == own.end() ? nullptr : *found;
}

// The window may have the same key, and for a key of two actions Qt does nothing: so it is not a
// shortcut here, and comes to keyPressEvent().
bool FileListView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && actionOf(static_cast<const QKeyEvent &>(*event)) != nullptr) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void FileListView::keyPressEvent(QKeyEvent *event)
{
    // That of the keypad's own keys is no modifier that anyone holds.
    const Qt::KeyboardModifiers held = event->modifiers() & ~Qt::KeypadModifier;
    const bool isPlain = held == Qt::NoModifier;
    if (QAction *action = actionOf(*event)) {
        action->trigger();
        return;
    }
    if (isPlain && (event->key() == Qt::Key_Insert || event->key() == Qt::Key_Space)) {
        return markCurrentRow();
    }
    if (isPlain && event->key() == Qt::Key_Escape) {
        emit escapePressed();
        return;
    }
    if (held == Qt::ShiftModifier && event->key() == Qt::Key_F10) { // as other programs have it
        emit customContextMenuRequested(visualRect(currentIndex()).center());
        return;
    }
    QTreeView::keyPressEvent(event);
    if (isPlain && isStep(event->key()) && !selectionModel()->hasSelection()) {
        // Qt selects only a row that it has just come to, and a click beside the rows has left this
        // one as it was.
        selectionModel()->select(currentIndex(),
                                 QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
}

// A press of these buttons is no press on a file: it must not change the selection.
void FileListView::mousePressEvent(QMouseEvent *event)
{
    switch (event->button()) {
    case Qt::BackButton:
        emit backRequested();
        break;
    case Qt::ForwardButton:
        emit forwardRequested();
        break;
    case Qt::MiddleButton:
        if (const QModelIndex index = dropRow(event->position().toPoint()); index.isValid()) {
            emit newTabRequested(index);
        }
        break;
    default:
        m_isMarking = m_isMarking && keepsMarks(*event);
        QTreeView::mousePressEvent(event);
    }
}

void FileListView::mouseReleaseEvent(QMouseEvent *event)
{
    m_onlySelects = event->modifiers() != Qt::NoModifier;
    QTreeView::mouseReleaseEvent(event);
    m_onlySelects = false;
}

void FileListView::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_onlySelects = event->modifiers() != Qt::NoModifier;
    QTreeView::mouseDoubleClickEvent(event);
    m_onlySelects = false;
}

// With Ctrl a click adds to them, and the menu of a marked row is about all of them.
bool FileListView::keepsMarks(const QMouseEvent &press) const
{
    return press.button() == Qt::RightButton
        ? selectionModel()->isSelected(indexAt(press.position().toPoint()))
        : press.modifiers() == Qt::ControlModifier;
}

void FileListView::dropMarks()
{
    m_isMarking = false;
    selectionModel()->select(currentIndex(),
                             QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

// Qt asks without an event for what was searched by letters.
QItemSelectionModel::SelectionFlags FileListView::selectionCommand(const QModelIndex &index,
                                                                   const QEvent *event) const
{
    if (m_isMarking && event == nullptr) {
        return QItemSelectionModel::NoUpdate;
    }
    if (m_isMarking && event->type() == QEvent::KeyPress) {
        const auto &key = static_cast<const QKeyEvent &>(*event);
        const bool isPlain = (key.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
        if (isPlain && isStep(key.key())) {
            return QItemSelectionModel::NoUpdate;
        }
    }
    return QTreeView::selectionCommand(index, event);
}

void FileListView::markCurrentRow()
{
    using Selection = QItemSelectionModel;
    const QModelIndex current = currentIndex();
    const auto how = m_isMarking ? Selection::Toggle : Selection::Select; // it is selected already
    selectionModel()->select(current, how | Selection::Rows);
    m_isMarking = selectionModel()->hasSelection();
    const QModelIndex below = indexBelow(current);
    if (below.isValid()) {
        selectionModel()->setCurrentIndex(below, Selection::NoUpdate);
        scrollTo(below);
    }
}

bool FileListView::focusNextPrevChild(bool next)
{
    if (!next) {
        return QTreeView::focusNextPrevChild(next);
    }
    emit otherPaneRequested();
    return true;
}

void FileListView::startDrag(Qt::DropActions)
{
    FileDrag drag{m_id, {}};
    const QList<int> rows = selectedRowNumbers();
    for (const int row : rows) {
        drag.paths.append(m_model.path(row));
    }
    if (rows.isEmpty()) {
        return;
    }
    const QModelIndex first = m_model.index(rows.first(), FileListModel::Name);
    const QString label = rows.size() == 1 ? first.data().toString()
                                           : tr("%1 items").arg(QLocale().toString(rows.size()));
    auto *carrier = new QDrag(this); // deleted by Qt when the drag ends
    carrier->setMimeData(toMimeData(drag, m_kind).release());
    carrier->setPixmap(dragImage(first.data(Qt::DecorationRole).value<QIcon>(), label, *this));
    const EscapeWatch escape;
    const Qt::DropAction action
        = carrier->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::CopyAction);
    if (QApplication::topLevelAt(QCursor::pos()) == nullptr && !escape.wasPressed()) {
        emit draggedOut(action);
    }
}

// What is in the same pane already can only go into one of its folders.
std::optional<DropChoice> FileListView::welcome(const QDropEvent &event) const
{
    const auto choice = DropChoice::of(event, m_originOf);
    const bool isHere = choice && choice->origin == DragOrigin::ThisPane
        && !dropRow(event.position().toPoint()).isValid();
    return isHere || m_model.directory().isEmpty() ? std::nullopt : choice;
}

QModelIndex FileListView::dropRow(QPoint position) const
{
    const QModelIndex index = indexAt(position);
    const bool isFolder = index.isValid() && m_model.entry(index.row()).isEnterable();
    return isFolder ? index.siblingAtColumn(FileListModel::Name) : QModelIndex();
}

void FileListView::showDropTarget(const std::optional<QPersistentModelIndex> &target)
{
    if (target != m_dropTarget) {
        m_dropTarget = target;
        viewport()->update();
    }
}

void FileListView::dragEnterEvent(QDragEnterEvent *event)
{
    dragMoveEvent(event);
}

void FileListView::dragMoveEvent(QDragMoveEvent *event)
{
    const auto welcomed = welcome(*event);
    if (!welcomed) {
        showDropTarget(std::nullopt);
        return event->ignore();
    }
    showDropTarget(dropRow(event->position().toPoint()));
    event->setDropAction(welcomed->action);
    event->accept();
}

void FileListView::dragLeaveEvent(QDragLeaveEvent *)
{
    showDropTarget(std::nullopt);
}

void FileListView::dropEvent(QDropEvent *event)
{
    const auto welcomed = welcome(*event);
    showDropTarget(std::nullopt);
    if (!welcomed) {
        return event->ignore();
    }
    const QModelIndex row = dropRow(event->position().toPoint());
    event->setDropAction(welcomed->action);
    event->accept();
    emit dropped({welcomed->drag, row.isValid() ? m_model.path(row.row()) : m_model.directory(),
                  welcomed->action});
}

void FileListView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (m_model.rowCount() == 0 && !m_emptyText.isEmpty()) {
        QPainter painter(viewport());
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    }
    if (!m_dropTarget) {
        return;
    }
    QRect frame = viewport()->rect();
    if (m_dropTarget->isValid()) {
        const QRect name = visualRect(*m_dropTarget);
        frame = QRect(0, name.top(), viewport()->width(), name.height());
    }
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor color = palette().color(QPalette::Highlight);
    QColor fill = color;
    fill.setAlphaF(0.15F);
    painter.setPen(QPen(color, 2));
    painter.setBrush(fill);
    painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 3, 3);
}

} // namespace ui
