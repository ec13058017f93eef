// EditorSearch: the bar of an editor that finds, replaces, and goes to a line. Hidden until it is
// asked for; Escape gives the focus back to the text.

#pragma once

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace ui {

class PlainLabel;
class TextEditor;

class EditorSearch final : public QWidget
{
    Q_OBJECT

public:
    EditorSearch(TextEditor &editor, QWidget *parent);

    void openFind(); // what is selected is searched first
    void openReplace();
    void openLine();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Direction { Forward, Backward };

    void orderTabs();
    QWidget *createFind();
    QWidget *createReplace();
    QWidget *createLine();
    void find(Direction direction);
    void replaceOne();
    void replaceAll();
    void close();
    bool isMatchSelected() const;

    TextEditor &m_editor;
    QLineEdit *m_find = nullptr;
    QLineEdit *m_replace = nullptr;
    QCheckBox *m_case = nullptr;
    QSpinBox *m_line = nullptr;
    PlainLabel *m_result = nullptr;
    QWidget *m_findRow; // after what is in them, as the next two
    QWidget *m_replaceRow;
    QWidget *m_lineRow;
};

} // namespace ui
